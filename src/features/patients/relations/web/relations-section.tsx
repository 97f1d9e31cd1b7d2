import '../../web/patients.css';
import { useState } from 'react';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDate, formatPhone } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useToday } from '../../web/use-patient-search.ts';
import { listRelations, restoreRelation, revokeRelation } from '../api.ts';
import { hearingText, isInForce, proofWords } from '../rules.ts';
import type { Relation } from '../schema.ts';
import { RelationDialog } from './relation-dialog.tsx';

const usualReasons = ['The patient revoked it', 'No longer involved', 'Wrong person'];

/** Who belongs to a person and what they may hear. */
export function RelationsSection({ patientId, mayChange }: { patientId: string; mayChange: boolean }) {
  const [editing, setEditing] = useState<Relation | 'new'>();
  const { data, error, refetch, isPlaceholderData } = useRead(
    listRelations,
    { params: { id: patientId } },
    { topics: ['patients'], keys: [patientId] },
  );
  const relations = isPlaceholderData ? undefined : data?.relations;
  return (
    <section className="pt-section" aria-label="Authorized persons">
      <h2>
        Authorized persons
        {mayChange && (
          <Button look="quiet" icon="plus" onClick={() => setEditing('new')}>
            Add person
          </Button>
        )}
      </h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !relations && <Skeleton rows={2} />}
      {relations?.length === 0 && <p className="ui-dim">Nobody but the patient may hear anything.</p>}
      <ul className="pt-relations">
        {relations?.map((relation) => (
          <RelationLine
            key={relation.relationId}
            {...{ relation, mayChange }}
            onEdit={() => setEditing(relation)}
          />
        ))}
      </ul>
      {editing && (
        <RelationDialog
          patientId={patientId}
          {...(editing === 'new' ? {} : { relation: editing })}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

function useRelationActions({ relationId, patientId, version, name }: Relation) {
  const ask = useConfirm();
  const toast = useToast();
  const touches = ['patients'];
  const revoke = useWrite(revokeRelation, { touches });
  const restore = useWrite(restoreRelation, { touches });
  const params = { id: patientId, relationId };
  const takeBack = (seen: number) => restore.mutateAsync({ params, body: { version: seen } });
  return {
    revoke: async () => {
      const answer = await ask({
        title: `May ${name} hear nothing from now on?`,
        text: 'What was agreed stays on record.',
        confirmLabel: 'Revoke',
        reason: { label: 'Why', required: true, usual: usualReasons },
        run: (reason) => revoke.mutateAsync({ params, body: { version, reason } }),
      });
      if (answer) toast.done('Revoked.', { undo: () => takeBack(version + 1) });
    },
    restore: () =>
      takeBack(version).then(
        () => toast.done('Holds again.'),
        (error: Error) => toast.refused(error.message),
      ),
  };
}

function lasting({ since, until, revokedAt, revokeReason }: Relation): string {
  if (revokedAt) return `revoked: ${revokeReason}`;
  return [since && `from ${formatDate(since)}`, until && `until ${formatDate(until)}`]
    .filter(Boolean)
    .join(' ');
}

type LineProps = { relation: Relation; mayChange: boolean; onEdit: () => void };

function RelationLine({ relation, mayChange, onEdit }: LineProps) {
  const today = useToday();
  const actions = useRelationActions(relation);
  const { name, relationship, phone, emergency, proof, note, revokedAt } = relation;
  const holds = isInForce(relation, today);
  const known = relation.mayHear.length > 0 ? proofWords[proof] : '';
  return (
    <li data-ended={!holds || undefined}>
      <span>
        <b>{name}</b> {relationship && <span className="ui-dim">{relationship}</span>}{' '}
        {phone && (
          <a className="ui-num" href={`tel:${phone}`}>
            {formatPhone(phone)}
          </a>
        )}
        <small>
          {revokedAt ? 'may hear nothing' : hearingText(relation, today)}
          {[known, lasting(relation), note]
            .filter(Boolean)
            .map((part) => ` · ${part}`)
            .join('')}
        </small>
      </span>
      <span className="pt-line-actions">
        {emergency && !revokedAt && <Tag tone="calm">emergency</Tag>}
        {mayChange && !revokedAt && (
          <>
            <Button look="quiet" icon="edit" aria-label={`Change ${name}`} title="Change" onClick={onEdit} />
            <Button
              look="quiet"
              icon="cross"
              aria-label={`Revoke: ${name}`}
              title="Revoke"
              onClick={() => void actions.revoke()}
            />
          </>
        )}
        {mayChange && revokedAt && (
          <Button
            look="quiet"
            icon="undo"
            aria-label={`Holds again: ${name}`}
            title="Holds again"
            onClick={() => void actions.restore()}
          />
        )}
      </span>
    </li>
  );
}
