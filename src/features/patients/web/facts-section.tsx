import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';

export type Facts = readonly (readonly [label: string, value: ReactNode])[];

export function FactsSection({ title, facts, onEdit }: { title: string; facts: Facts; onEdit?: () => void }) {
  const known = facts.filter(([, value]) => value);
  return (
    <section className="pt-section">
      <h2>
        {title}
        {onEdit && (
          <Button look="quiet" icon="edit" aria-label={`Edit ${title.toLowerCase()}`} onClick={onEdit}>
            Edit
          </Button>
        )}
      </h2>
      {known.length === 0 && <p className="ui-dim">Nothing yet.</p>}
      <dl>
        {known.map(([label, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: labels repeat, the order is the list's
          <div key={index}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
