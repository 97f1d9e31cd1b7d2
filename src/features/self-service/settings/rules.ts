import type { OnlineSettings, OnlineSite, OnlineType } from './schema.ts';

export const usualType: OnlineType = {
  openTo: 'nobody',
  noticeHours: 24,
  daysAhead: 60,
  mostOpen: 2,
  mayMove: true,
  ...{ nameEn: '', nameEs: '', prepareEn: '', prepareEs: '' },
};

export const usualSite: OnlineSite = { arriveEn: '', arriveEs: '' };

export const usualSettings: OnlineSettings = { isOn: false, holdHours: 4 };
