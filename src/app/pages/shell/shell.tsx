import './shell.css';
import { Link, Outlet } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { CallDialog } from '../../../features/calls/web/call-dialog.tsx';
import { ExportButton } from '../../../features/exports/web/export-button.tsx';
import { AskFollowUp } from '../../../features/follow-ups/web/order-dialog.tsx';
import { NewMessageDialog } from '../../../features/messages/web/new-message-dialog.tsx';
import {
  PrintDayButton,
  PrintPersonButton,
  PrintVisitButton,
} from '../../../features/prints/web/print-buttons.tsx';
import { AskWhy } from '../../../features/privacy/web/ask-why.tsx';
import { EmergencyNote } from '../../../features/privacy/web/emergency.tsx';
import { LooksButton } from '../../../features/privacy/web/looks-page.tsx';
import { RescueDayButton } from '../../../features/rescue/web/rescue-day.tsx';
import { VisitLinkButton } from '../../../features/self-service/web/visit-link.tsx';
import { Notes } from '../../../features/team/notes/web/notes.tsx';
import { WaitVisitButton } from '../../../features/waitlist/web/patient-waitlist.tsx';
import { WaitDialog } from '../../../features/waitlist/web/wait-dialog.tsx';
import { useAddress } from '../../../platform/web/address.ts';
import { useLive } from '../../../platform/web/live.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import {
  type LeavingVisit,
  type ShownDay,
  SlotsProvider,
  type StartedMessage,
  type Waits,
} from '../../../platform/web/slots.tsx';
import { useIdleLock } from '../../../platform/web/use-idle-lock.ts';
import { ConfirmProvider } from '../../../ui/confirm.tsx';
import { Frame } from '../../../ui/frame.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { KeysOverlay } from '../../../ui/keys-overlay.tsx';
import type { RailItem } from '../../../ui/rail.tsx';
import { deskPages } from '../../desk-pages.tsx';
import { FirstPracticePage } from '../first-practice/first-practice-page.tsx';
import { StartNote } from '../first-practice/start-note.tsx';
import { HelpDialog } from '../help/help-dialog.tsx';
import { LineDialog } from '../line/line-dialog.tsx';
import { LineSlot } from '../line/line-slot.tsx';
import { LockScreen } from '../sign-in/lock-screen.tsx';
import { FactorNotes } from '../sign-in/own/factor-notes.tsx';
import { SetUpFirstCover, SetUpFirstPage } from '../sign-in/own/set-up-first.tsx';
import { OwnPasswordPage } from '../sign-in/own-password.tsx';
import { SignInPage } from '../sign-in/sign-in-page.tsx';
import { useToday } from '../today/use-today.ts';
import { Besides } from './besides.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { DemoNote } from './demo-note.tsx';
import { DeskFoot, useDeskActions } from './desk-foot.tsx';
import { changeWords, PersonParts } from './person-parts.tsx';
import { PersonSide, PersonSideTitle, useSideOpen } from './person-side.tsx';

/** Whose page it is: a colleague who signs in over it begins with a page, and nobody in view, of their own. */
function usePageOwner(): string {
  const { signedIn, accountId } = useSession();
  const { letGo } = usePerson();
  const [owner, setOwner] = useState(accountId);
  if (signedIn && accountId !== owner) setOwner(accountId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the owner changes
  useEffect(() => letGo, [owner, letGo]);
  return owner;
}

/** What every page sits in: sign-in before it, the lock over it, rail, card, line and help around it. */
export function Shell() {
  const session = useSession();
  const owner = usePageOwner();
  const [opened, setOpened] = useState(false);
  if (session.signedIn && !session.hidden && !session.mustChangePassword && !opened) setOpened(true);
  const setsUp = session.signedIn && session.mustSetUpFactor && !session.locked;
  if (!session.signedIn && !session.hidden)
    return session.firstPractice === 'no' ? <SignInPage /> : <FirstPracticePage />;
  if (session.mustChangePassword && !session.locked) return <OwnPasswordPage />;
  if (setsUp && !opened) return <SetUpFirstPage />;
  return (
    <>
      <div
        className="shell-below"
        inert={session.hidden}
        aria-hidden={session.hidden}
        data-hidden={session.hidden}
      >
        {/* What was asked of one person is not asked of the colleague who takes over. */}
        <ConfirmProvider key={owner}>
          <Desk />
        </ConfirmProvider>
      </div>
      {session.hidden && (setsUp ? <SetUpFirstCover /> : <LockScreen />)}
    </>
  );
}

/** What is owed by this person until tonight, at Today's place in the rail. */
function useOwed(): Record<string, number> {
  const session = useSession();
  const { data } = useToday('mine', {
    enabled: session.signedIn && !session.hidden && session.may('duties.see'),
  });
  return { '/today': data?.counts.mine ?? 0 };
}

function useRail(path: string): RailItem[] {
  const session = useSession();
  const owed = useOwed();
  return deskPages
    .filter((page) => page.rail && (page.permission === 'signed-in' || session.may(page.permission)))
    .sort((a, b) => (a.rail?.order ?? 0) - (b.rail?.order ?? 0))
    .map((page) => ({
      id: page.path,
      label: page.rail?.label ?? page.title,
      icon: page.rail?.icon ?? 'today',
      href: page.path,
      count: owed[page.path] ?? 0,
      current: placeOf(path) === page.path || path.startsWith(`/${page.path.split('/')[1]}/`),
    }));
}

/** The page of the rail at whose place this one stands. */
const placeOf = (path: string) => deskPages.find((page) => page.path === path)?.beside ?? path;

function Desk() {
  const session = useSession();
  const { path } = useAddress();
  const [helpOpen, setHelpOpen] = useState(false);
  const [lineWords, setLineWords] = useState<string>();
  const [takesCall, setTakesCall] = useState(false);
  const [waits, setWaits] = useState<Waits>();
  const [letter, setLetter] = useState<StartedMessage>();
  const mayKeep = session.may('waitlist.keep');
  const mayWrite = session.may('messages.send');
  const mayTake = session.may('calls.take');
  const mayOrder = session.may('follow-ups.manage');
  const { patientId } = usePerson();
  const [sideOpen, setSideOpen] = useSideOpen(patientId);
  const rail = useRail(path);
  const live = useLive(session.signedIn && !session.hidden);
  const { lock } = useDeskActions();
  useIdleLock(session);
  const slots = useMemo(
    () => ({
      line: <LineSlot onOpen={() => setLineWords('')} />,
      besides: <Besides place={placeOf(path)} path={path} />,
      openLine: (words = '') => setLineWords(words),
      openHelp: () => setHelpOpen(true),
      personParts: (id: string) => <PersonParts patientId={id} />,
      about: (kind: string, id: string) => <Notes key={id} kind={kind} id={id} />,
      recordActions: (patientId: string) => (
        <>
          <PrintPersonButton patientId={patientId} />
          <ExportButton patientId={patientId} />
          <LooksButton patientId={patientId} />
        </>
      ),
      dayActions: (day: ShownDay) => (
        <>
          <RescueDayButton {...day} />
          <PrintDayButton {...day} />
        </>
      ),
      visitActions: (visit: ShownDay['visits'][number]) => (
        <>
          <WaitVisitButton {...visit} />
          <VisitLinkButton {...visit} />
          <PrintVisitButton {...visit} />
        </>
      ),
      putOnWaitlist: mayKeep ? setWaits : undefined,
      writeTo: mayWrite ? setLetter : undefined,
      takeCall: mayTake ? () => setTakesCall(true) : undefined,
      followUp: mayOrder
        ? (visit: LeavingVisit, onClose: () => void) => <AskFollowUp visit={visit} onClose={onClose} />
        : undefined,
      changeWords,
    }),
    [mayTake, mayOrder, mayKeep, mayWrite, path],
  );
  useKeys(
    {
      'mod+k': { label: 'the line: who, what, when', inFields: true, run: () => setLineWords('') },
      '/': { label: 'the line', run: () => setLineWords('') },
      f1: { label: 'help for this page', inFields: true, run: () => setHelpOpen(true) },
      f2: { label: 'log a call', inFields: true, run: () => mayTake && setTakesCall(true) },
    },
    { scope: 'global' },
  );
  // Whoever comes to the window is not to read what stands in a dialog either.
  useKeys(
    { 'mod+shift+l': { label: 'lock this desk', inFields: true, run: () => void lock() } },
    { scope: 'always', enabled: !session.hidden },
  );
  return (
    <SlotsProvider value={slots}>
      <Frame
        rail={rail}
        railLabel="Desks"
        renderLink={({ href, children, ...rest }) => (
          <Link to={href} {...rest}>
            {children}
          </Link>
        )}
        railFoot={<DeskFoot onHelp={() => setHelpOpen(true)} />}
        side={patientId && session.may('patients.open') ? <PersonSide patientId={patientId} /> : null}
        sideLabel="Person in view"
        sideTitle={patientId && <PersonSideTitle patientId={patientId} />}
        sideOpen={sideOpen}
        onSideToggle={setSideOpen}
      >
        <ConnectionNote state={live} />
        <FactorNotes />
        <StartNote />
        <DemoNote />
        <EmergencyNote />
        <Outlet />
      </Frame>
      <LineDialog
        opened={lineWords !== undefined}
        words={lineWords ?? ''}
        onClose={() => setLineWords(undefined)}
      />
      {takesCall && <CallDialog onClose={() => setTakesCall(false)} />}
      {letter && (
        <NewMessageDialog
          patientId={letter.patientId}
          start={letter}
          onClose={() => setLetter(undefined)}
          onSent={() => setLetter(undefined)}
        />
      )}
      {waits && <WaitDialog start={waits} onClose={() => setWaits(undefined)} />}
      <HelpDialog opened={helpOpen} onClose={() => setHelpOpen(false)} path={path} />
      <AskWhy />
      <KeysOverlay />
    </SlotsProvider>
  );
}
