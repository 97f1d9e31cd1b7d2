import { useEffect, useRef, useState } from 'react';
import { PresenceNote } from '../../../platform/web/presence.tsx';
import { useMaySession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { formatDay, formatDuration, formatTime, localDate } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { openPhoto } from '../../patients/photo/api.ts';
import { Face } from '../../patients/photo/web/photo-section.tsx';
import type { DayVisit } from '../day/schema.ts';
import { RiskLine } from '../risk/web/risk-line.tsx';
import { SeriesLink } from '../series/web/series-link.tsx';
import { readVisit } from '../visits/api.ts';
import { cancelReasonLabels } from '../visits/schema.ts';
import type { BoardFacts } from './board.ts';
import { VisitHistory, VisitTexts } from './visit-texts.tsx';
import {
  historyWords,
  isOver,
  minutesOfVisit,
  missingOf,
  nextStep,
  stepWords,
  visitFace,
} from './visit-words.ts';

/** What a key or a button does to a visit. */
export type VisitCommand =
  | 'arrive'
  | 'room'
  | 'with-physician'
  | 'check-out'
  | 'confirm'
  | 'move'
  | 'find'
  | 'pin'
  | 'cancel'
  | 'no-show'
  | 'left'
  | 'later'
  | 'reinstate'
  | 'error'
  | 'undo';

export type VisitPanelProps = {
  visit: DayVisit;
  facts: BoardFacts;
  /** Opened by a key: the main button takes the focus. */
  takeFocus: boolean;
  onDo: (command: VisitCommand) => void;
  onClose: () => void;
};

/** The visit that was opened: one next step, what else may be done, its texts and its history. Not modal. */
export function VisitPanel(props: VisitPanelProps) {
  const { visit, facts, takeFocus, onClose, onDo } = props;
  const box = useRef<HTMLElement>(null);
  const [showsHistory, setShowsHistory] = useState(false);
  const [edits, setEdits] = useState(false);
  const topics = ['visits', 'visit-risk'];
  const detail = useRead(readVisit, { params: { id: visit.visitId } }, { topics });
  const read = detail.data?.visit.visitId === visit.visitId ? detail.data : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another visit takes the focus anew
  useEffect(() => {
    if (takeFocus) box.current?.querySelector<HTMLElement>('.sc-acts button')?.focus();
  }, [takeFocus, visit.visitId]);
  return (
    <section
      ref={box}
      className="sc-panel"
      aria-label={`Visit of ${visit.patient}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <PanelHead visit={visit} facts={facts} onClose={onClose} editing={edits} isOpen={read !== undefined} />
      <PanelActs
        {...props}
        undo={read?.undo?.step}
        onHistory={() => setShowsHistory(!showsHistory)}
        historyOpen={showsHistory}
        onDo={onDo}
      />
      {read?.mark && <RiskLine mark={read.mark} />}
      <VisitTexts visit={visit} read={read?.visit} onEditing={setEdits} />
      <VisitNotes key={visit.visitId} visitId={visit.visitId} />
      {detail.error && <p className="ui-dim">{detail.error.message}</p>}
      {showsHistory && <VisitHistory steps={read?.steps ?? []} zone={facts.zone} />}
    </section>
  );
}

/** Notes of colleagues on this visit; asked for when they are opened. */
function VisitNotes({ visitId }: { visitId: string }) {
  const { about } = useSlots();
  const [shown, setShown] = useState(false);
  if (!about) return null;
  return (
    <details className="sc-notes" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>Notes of colleagues</summary>
      {shown && about('visit', visitId)}
    </details>
  );
}

type HeadProps = Pick<VisitPanelProps, 'visit' | 'facts' | 'onClose'> & {
  editing: boolean;
  /** The visit may be read, and so the person be seen. */
  isOpen: boolean;
};

/** Whom to expect at the window. */
function VisitFace({ visit, isOpen }: Pick<HeadProps, 'visit' | 'isOpen'>) {
  const may = useMaySession()?.may('patients.open') ?? false;
  const { data } = useRead(
    openPhoto,
    { params: { id: visit.patientId } },
    { topics: ['patients'], keys: [visit.patientId], enabled: isOpen && may },
  );
  const photoId = data?.photo?.photoId ?? null;
  if (!isOpen) return null;
  return <Face small patientId={visit.patientId} photoId={photoId} name={`Picture of ${visit.patient}`} />;
}

function PanelHead({ visit, facts, onClose, editing, isOpen }: HeadProps) {
  const face = visitFace(visit, facts);
  const { zone } = facts;
  const today = localDate(facts.nowMs, zone);
  const date = localDate(visit.startsAt, zone);
  const resources = visit.resourceIds.map((id) => facts.names.get(id)).filter(Boolean);
  const facets = [
    date === today ? '' : formatDay(date, today),
    formatTime(visit.startsAt, zone),
    formatDuration(minutesOfVisit(visit)),
    facts.types.get(visit.visitTypeId)?.name,
    ...resources,
    facts.siteNames.size > 1 && facts.siteNames.get(visit.siteId),
  ].filter(Boolean);
  return (
    <header className="sc-panel-head">
      <VisitFace visit={visit} isOpen={isOpen} />
      <h2>{visit.patient}</h2>
      {visit.preferred && <span className="ui-dim">“{visit.preferred}”</span>}
      <span className="ui-num">{facets.join(' · ')}</span>
      <Tag tone={isOver(visit.state) && face.tone !== 'wrong' ? undefined : face.tone} sign={face.sign}>
        {face.words}
      </Tag>
      {visit.cancelReason && <span className="ui-dim">{cancelReasonLabels[visit.cancelReason]}</span>}
      {visit.overbooked && (
        <Tag tone="wrong" sign="⧉">
          overbooked
        </Tag>
      )}
      {visit.walkIn && <Tag sign="→">walk-in</Tag>}
      {visit.seriesId && <SeriesLink seriesId={visit.seriesId} no={visit.seriesNo} />}
      {missingOf(visit).map((words) => (
        <Tag key={words} tone="wrong">
          {words}
        </Tag>
      ))}
      <PresenceNote kind="visit" id={visit.visitId} editing={editing} />
      <span className="ui-gap" />
      <Button look="quiet" icon="cross" aria-label="Close the visit" onClick={onClose} />
    </header>
  );
}

type ActsProps = VisitPanelProps & {
  undo: keyof typeof historyWords | undefined;
  onHistory: () => void;
  historyOpen: boolean;
};

const notYours = 'Your roles do not include this. A manager can change that in Settings.';

function PanelActs({ visit, onDo, undo, onHistory, historyOpen }: ActsProps) {
  const { visitActions } = useSlots();
  const session = useMaySession();
  const needs = (permission: string) => (session && !session.may(permission) ? notYours : undefined);
  const step = nextStep(visit.state);
  const booked = visit.state === 'booked';
  const over = isOver(visit.state);
  return (
    <div className="sc-acts">
      {step && (
        <Button look="go" disabledReason={needs('visits.arrive')} onClick={() => onDo(step)}>
          {stepWords[step].label} <Kbd keys={stepWords[step].key} />
        </Button>
      )}
      {step && step !== 'check-out' && !booked && (
        <Button disabledReason={needs('visits.arrive')} onClick={() => onDo('check-out')}>
          Check out <Kbd keys="o" />
        </Button>
      )}
      {booked && (
        <Button disabledReason={needs('visits.confirm')} onClick={() => onDo('confirm')}>
          {visit.confirmed ? 'Unconfirm' : 'Confirm'} <Kbd keys="c" />
        </Button>
      )}
      {(booked || visit.state === 'arrived') && (
        <>
          <Button disabledReason={needs('visits.move')} onClick={() => onDo('move')}>
            Move <Kbd keys="m" />
          </Button>
          <Button disabledReason={needs('visits.move')} onClick={() => onDo('later')}>
            Another day <Kbd keys="l" />
          </Button>
          <Button disabledReason={needs('visits.move')} onClick={() => onDo('find')}>
            Find another time
          </Button>
        </>
      )}
      {booked && (
        <Button disabledReason={needs('visits.move')} onClick={() => onDo('pin')}>
          {visit.pinnedBy ? 'Off the pinboard' : 'Pin'} <Kbd keys="k" />
        </Button>
      )}
      {booked && (
        <Button disabledReason={needs('visits.cancel')} onClick={() => onDo('cancel')}>
          Cancel <Kbd keys="x" />
        </Button>
      )}
      {(visit.state === 'arrived' || visit.state === 'in_room') && (
        <Button disabledReason={needs('visits.cancel')} onClick={() => onDo('left')}>
          Left without being seen
        </Button>
      )}
      {booked && (
        <Button disabledReason={needs('visits.cancel')} onClick={() => onDo('no-show')}>
          No-show <Kbd keys="n" />
        </Button>
      )}
      {(visit.state === 'cancelled' || visit.state === 'no_show') && (
        <Button look="go" disabledReason={needs('visits.cancel')} onClick={() => onDo('reinstate')}>
          Bring back
        </Button>
      )}
      {undo && (
        <Button icon="undo" onClick={() => onDo('undo')}>
          Undo “{historyWords[undo]}” <Kbd keys="u" />
        </Button>
      )}
      {visit.state !== 'cancelled' &&
        visitActions?.({
          visitId: visit.visitId,
          patientId: visit.patientId,
          physicianId: visit.resourceIds[0] ?? '',
        })}
      {!over && (
        <Button look="quiet" disabledReason={needs('visits.correct')} onClick={() => onDo('error')}>
          Entered in error
        </Button>
      )}
      <Button look="quiet" aria-expanded={historyOpen} onClick={onHistory}>
        History
      </Button>
    </div>
  );
}
