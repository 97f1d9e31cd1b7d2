import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../platform/web/call.ts';
import { refreshTopics, useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { formatDayTime, localDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useReturnFocus } from '../../../../ui/use-return-focus.ts';
import { findOpenings } from '../../openings/api.ts';
import type { Opening } from '../../openings/schema.ts';
import { OpeningList } from '../../web/opening-list.tsx';
import { visitWords } from '../../web/use-booking.ts';
import { bookPlace, unbookPlace } from '../api.ts';
import type { Series, SeriesPlace } from '../schema.ts';

type OwedDialogProps = { series: Series; place: SeriesPlace; onClose: () => void };

/** A visit of the series that has no time yet: the free times nearest to the day wanted. */
export function OwedDialog({ series, place, onClose }: OwedDialogProps) {
  useReturnFocus();
  const toast = useToast();
  const client = useQueryClient();
  const [anyone, setAnyone] = useState(false);
  const { visitTypeId, minutes, siteId, patientId, timeZone, physicianId } = series;
  const found = useRead(
    findOpenings,
    {
      body: {
        ...{ visitTypeId, minutes, siteId, patientId, limit: 8 },
        physicianIds: anyone ? [] : [physicianId],
        aroundDate: localDate(place.wantedAt, timeZone),
      },
    },
    { topics: ['visits', 'setup'] },
  );
  const write = useWrite(bookPlace, { touches: ['visits', 'series'] });
  const take = ({ startsAt, physicianId: withId, resourceIds }: Opening) =>
    write.mutate(
      {
        params: { id: series.seriesId, placeNo: place.placeNo },
        body: { version: series.version, startsAt, physicianId: withId, resourceIds },
      },
      {
        onSuccess: ({ visit, version }) => {
          const params = { id: series.seriesId, placeNo: place.placeNo };
          const undo = async () => {
            await call(unbookPlace, { params, body: { version } });
            await refreshTopics(client, ['visits', 'series']);
          };
          toast.done(`Booked ${visitWords(visit)}.`, { undo });
          onClose();
        },
      },
    );
  const openings = found.data?.openings ?? [];
  const none = found.data && openings.length === 0;
  return (
    <Dialog opened onClose={onClose} title={`Instead of ${formatDayTime(place.wantedAt, timeZone)}`}>
      <div className="se-form">
        {(write.error ?? found.error) && (
          <p role="alert" className="ui-form-error">
            {(write.error ?? found.error)?.message}
          </p>
        )}
        <label>
          <input
            type="checkbox"
            checked={anyone}
            onChange={(event) => setAnyone(event.currentTarget.checked)}
          />{' '}
          also with other physicians
        </label>
        {found.isLoading && <Skeleton rows={5} height={34} label="Looking for times" />}
        <OpeningList openings={openings} onPick={take} busy={write.isPending} focusFirst />
        {none && (
          <p className="ui-dim">{found.data?.blocked.join(' · ') || 'Nothing is free around that day.'}</p>
        )}
      </div>
    </Dialog>
  );
}
