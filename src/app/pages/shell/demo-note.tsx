import { getDemo } from '../../../features/practice/demo/api.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';

/** While the demo's coming months and past fill in behind: how far they are. */
export function DemoNote() {
  const session = useSession();
  const { data } = useRead(getDemo, {}, { topics: ['practice'], enabled: session.demo });
  const demo = data?.demo;
  if (!demo || demo.done >= demo.total) return null;
  const words = `The demo’s coming months and past are filling in: ${demo.done} of ${demo.total}`;
  return (
    <div className="demo-note" title={words}>
      <progress value={demo.done} max={demo.total} aria-label={words} />
      <span>{words}</span>
    </div>
  );
}
