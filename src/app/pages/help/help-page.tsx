import '../system/system.css';
import { Link } from '@tanstack/react-router';
import { EmergencyStart } from '../../../features/privacy/web/emergency.tsx';
import { OwnFeed } from '../../../features/schedule/feeds/web/own-feed.tsx';
import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { deskPages } from '../../desk-pages.tsx';
import { useDeskActions } from '../shell/desk-foot.tsx';
import { OwnSessions } from './own-sessions.tsx';

const firstSteps: readonly { keys: string; text: string }[] = [
  {
    keys: 'mod+k',
    text: 'The line: type any scrap of a person, then what to do, e.g. “smith jo fu 3m lee am”.',
  },
  { keys: '?', text: 'The keys of the page you are on.' },
  { keys: 'f1', text: 'Help for the page you are on.' },
  { keys: 'u', text: 'Undo the last thing, for five minutes.' },
  { keys: 'mod+shift+l', text: 'Lock this desk. A colleague can sign in over it; your page waits for you.' },
];

function HelpPage() {
  const session = useSession();
  const { line } = useSlots();
  const pages = deskPages.filter(
    (page) => page.help && (page.permission === 'signed-in' || session.may(page.permission)),
  );
  return (
    <>
      <PageHeader title="Help" tabTitle="Help" line={line} />
      <PageBody>
        <div className="help-page">
          <h2>Five keys that do most of it</h2>
          <dl>
            {firstSteps.map((step) => (
              <div key={step.keys} className="help-step">
                <dt>
                  <Kbd keys={step.keys} />
                </dt>
                <dd>{step.text}</dd>
              </div>
            ))}
          </dl>
          <ThisDesk />
          <OwnSessions />
          <OwnFeed />
          <EmergencyStart />
          {pages.map((page) => (
            <section key={page.path}>
              <h2>{page.title}</h2>
              {page.help}
            </section>
          ))}
        </div>
      </PageBody>
    </>
  );
}

/** The rail's foot has these too; a phone has only this place for them. */
function ThisDesk() {
  const session = useSession();
  const { lock, leave } = useDeskActions();
  return (
    <section>
      <h2>This desk</h2>
      <p>
        {session.displayName} at {session.practiceName}
      </p>
      <div className="help-actions">
        <Button icon="lock" onClick={lock}>
          Lock
        </Button>
        <Button icon="sign-out" onClick={leave}>
          Sign out
        </Button>
        <Link to="/your-sign-in" className="ui-btn plain">
          Your sign-in
        </Link>
      </div>
    </section>
  );
}

export const helpPages: readonly DeskPage[] = [
  {
    path: '/help',
    title: 'Help',
    permission: 'signed-in',
    Page: HelpPage,
    rail: { label: 'Help', icon: 'help', order: 95 },
  },
];
