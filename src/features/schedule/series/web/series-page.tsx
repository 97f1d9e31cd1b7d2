import './series.css';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { isDate } from '../../../../platform/calendar/dates.ts';
import { useAddress } from '../../../../platform/web/address.ts';
import { DeskLink } from '../../../../platform/web/desk-link.tsx';
import { usePerson } from '../../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatCount, formatDayTime, localDate } from '../../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag, type Tone } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { cancelReasonLabels, type VisitState } from '../../visits/schema.ts';
import { useName } from '../../web/find-time.tsx';
import { useSetup } from '../../web/use-setup.ts';
import { giveUpPlace, readSeries, undoSeriesEdit } from '../api.ts';
import type { Series, SeriesPlace } from '../schema.ts';
import { EditDialog } from './edit-dialog.tsx';
import { OwedDialog } from './owed-dialog.tsx';
import { SeriesDialog } from './series-dialog.tsx';

const touches = ['visits', 'series'];

/** One series: its visits, what is still owed of it, and what may be done to several at once. */
export function SeriesPage() {
  const { search } = useAddress();
  const slots = useSlots();
  const id = search.id ?? '';
  const read = useRead(readSeries, { params: { id } }, { topics: ['series', 'visits'], enabled: id !== '' });
  const series = read.data?.series;
  return (
    <>
      <PageHeader tabTitle="Series" title="Series" small={series?.visitTypeName} line={slots.line} />
      <PageBody>
        <NewSeries />
        {read.error && <Failure message={read.error.message} onRetry={() => void read.refetch()} />}
        {!series && !read.error && id !== '' && <Skeleton rows={8} label="The series is on its way" />}
        {id === '' && !search.patient && (
          <Empty
            icon="calendar"
            title="No series is chosen"
            text="Open one from a visit of it, from a person’s visits, or from Today."
          />
        )}
        {series && <SeriesView key={series.seriesId} series={series} />}
      </PageBody>
    </>
  );
}

/** The line leads here: what it said stands in the address, without a name. */
function NewSeries() {
  const { search, go } = useAddress();
  const { timeZone } = useSession();
  const { setup, ready } = useSetup();
  const name = useName(search.patient);
  const { patient, type = '', physician = '', date = '', time = '', repeat = '' } = search;
  if (!patient || !name || !ready || !isDate(date)) return null;
  const siteId = search.site ?? setup.sites[0]?.siteId ?? '';
  return (
    <SeriesDialog
      key={`${patient} ${type} ${date} ${repeat}`}
      zone={setup.sites.find((one) => one.siteId === siteId)?.timeZone ?? timeZone}
      start={{
        ...{ patientId: patient, name, visitTypeId: type, physicianId: physician, siteId },
        ...{ resourceIds: [], date, time, repeat },
      }}
      onClose={() => go('/schedule')}
      onBooked={(seriesId) => go('/schedule/series', { id: seriesId })}
    />
  );
}

type Opened = { kind: 'move' | 'cancel' | 'owed' | 'give-up'; place: SeriesPlace };

function SeriesView({ series }: { series: Series }) {
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const { may } = useSession();
  const columns = columnsOf(series, {
    mayMove: may('visits.move'),
    mayCancel: may('visits.cancel'),
    mayBook: may('visits.book'),
    onOpen: setOpened,
  });
  return (
    <>
      <SeriesHead series={series} />
      <DataTable
        label="Visits of the series"
        columns={columns}
        rows={series.places}
        rowKey={(row) => String(row.placeNo)}
        empty={<Empty icon="calendar" title="This series has no visits" text="Book a new one." />}
      />
      {(opened?.kind === 'move' || opened?.kind === 'cancel') && (
        <EditDialog series={series} place={opened.place} kind={opened.kind} onClose={close} />
      )}
      {opened?.kind === 'owed' && <OwedDialog series={series} place={opened.place} onClose={close} />}
      {opened?.kind === 'give-up' && <GiveUpDialog series={series} place={opened.place} onClose={close} />}
    </>
  );
}

function SeriesHead({ series }: { series: Series }) {
  const person = usePerson();
  const toast = useToast();
  const { may } = useSession();
  const undo = useWrite(undoSeriesEdit, { touches });
  const owed = series.places.filter((one) => one.state === 'owed').length;
  const booked = series.places.filter((one) => one.state === 'booked').length;
  const takeBack = () =>
    undo.mutate(
      { params: { id: series.seriesId }, body: { version: series.version } },
      {
        onSuccess: ({ visits }) => toast.done(`Undone: ${formatCount(visits, 'visit')} as they were.`),
        onError: (error) => toast.refused(error.message),
      },
    );
  return (
    <>
      <div className="se-head">
        <h2>
          <DeskLink to={`/patients/${series.patientId}`} onGo={() => person.show(series.patientId)}>
            {series.patientName}
          </DeskLink>
        </h2>
        <span>
          {series.visitTypeName} with {series.physicianName} · {series.siteName}
        </span>
        <span className="ui-dim">{series.label}</span>
        <Tag tone={owed > 0 ? 'wrong' : 'good'} sign={owed > 0 ? '!' : '✓'}>
          {booked} of {booked + owed} booked
        </Tag>
      </div>
      {series.undo && may('visits.move') && (
        <div className="se-acts">
          <Button icon="undo" busy={undo.isPending} onClick={takeBack}>
            Undo the last change of {formatCount(series.undo.visits, 'visit')}
          </Button>
        </div>
      )}
    </>
  );
}

const faces: Record<VisitState, { words: string; sign: string; tone: Tone }> = {
  booked: { words: 'booked', sign: '◇', tone: 'calm' },
  arrived: { words: 'arrived', sign: '◔', tone: 'wait' },
  in_room: { words: 'in room', sign: '▣', tone: 'good' },
  with_physician: { words: 'with physician', sign: '●', tone: 'good' },
  checked_out: { words: 'seen', sign: '✓', tone: 'good' },
  cancelled: { words: 'cancelled', sign: '✕', tone: 'calm' },
  no_show: { words: 'no-show', sign: '⊘', tone: 'wrong' },
  entered_in_error: { words: 'entered in error', sign: '✕', tone: 'calm' },
};

function StateTag({ place }: { place: SeriesPlace }) {
  if (place.state === 'owed') return <Tag tone="wrong">owed</Tag>;
  if (!place.visit) return <Tag sign="✕">given up</Tag>;
  const { words, sign, tone } = faces[place.visit.state];
  return (
    <Tag tone={tone} sign={sign}>
      {words}
    </Tag>
  );
}

function remarkOf({ visit, why }: SeriesPlace): string {
  if (!visit) return why;
  return [
    visit.movedByHand ? 'out of the pattern' : '',
    visit.cancelReason ? cancelReasonLabels[visit.cancelReason] : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

type Doing = {
  mayMove: boolean;
  mayCancel: boolean;
  mayBook: boolean;
  onOpen: (opened: Opened) => void;
};

function columnsOf(series: Series, doing: Doing): TableColumn<SeriesPlace>[] {
  const zone = series.timeZone;
  return [
    { id: 'no', header: 'No.', cell: (row) => <span className="ui-num">{row.placeNo}</span> },
    {
      id: 'when',
      header: 'When',
      main: true,
      cell: (row) => {
        const at = row.visit?.startsAt ?? row.wantedAt;
        const words = formatDayTime(at, zone);
        if (!row.visit) return <span className="ui-num">{words}</span>;
        const href = `/schedule?date=${localDate(at, zone)}&visitId=${row.visit.visitId}`;
        return (
          <a className="ui-num se-link" href={href}>
            {words}
          </a>
        );
      },
    },
    { id: 'with', header: 'With', cell: (row) => row.visit?.physicianName ?? series.physicianName },
    { id: 'state', header: 'State', cell: (row) => <StateTag place={row} /> },
    { id: 'remark', header: '', cell: (row) => <span className="ui-dim">{remarkOf(row)}</span> },
    { id: 'acts', header: 'Do', cell: (row) => <RowActs place={row} {...doing} /> },
  ];
}

function RowActs({ place, mayMove, mayCancel, mayBook, onOpen }: Doing & { place: SeriesPlace }) {
  const ahead = place.visit?.state === 'booked' && Date.parse(place.visit.startsAt) > Date.now();
  return (
    <span className="se-row-acts">
      {ahead && mayMove && (
        <Button look="quiet" icon="move" onClick={() => onOpen({ kind: 'move', place })}>
          Change from here
        </Button>
      )}
      {ahead && mayCancel && (
        <Button look="quiet" icon="cross" onClick={() => onOpen({ kind: 'cancel', place })}>
          Cancel from here
        </Button>
      )}
      {place.state !== 'booked' && mayBook && (
        <Button look="go" onClick={() => onOpen({ kind: 'owed', place })}>
          Find a time
        </Button>
      )}
      {place.state === 'owed' && mayBook && (
        <Button look="quiet" onClick={() => onOpen({ kind: 'give-up', place })}>
          Not needed
        </Button>
      )}
    </span>
  );
}

type GiveUpProps = { series: Series; place: SeriesPlace; onClose: () => void };

function GiveUpDialog({ series, place, onClose }: GiveUpProps) {
  const [reason, setReason] = useState('');
  const write = useWrite(giveUpPlace, { touches });
  const save = () =>
    write.mutate(
      {
        params: { id: series.seriesId, placeNo: place.placeNo },
        body: { version: series.version, reason: reason.trim() },
      },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      opened
      size="small"
      onClose={onClose}
      title="This visit is not needed?"
      onSubmit={save}
      submitLabel="Not needed"
      cancelLabel="Keep it as owed"
      busy={write.isPending}
      submitDisabledReason={reason.trim().length < 3 && 'Write the reason first.'}
    >
      {write.error && (
        <p role="alert" className="ui-form-error">
          {write.error.message}
        </p>
      )}
      <TextInput
        label="Why, in a few words"
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
