import type { DeskPage } from '../../../platform/web/desk-page.ts';

export const systemPages: readonly DeskPage[] = [];
