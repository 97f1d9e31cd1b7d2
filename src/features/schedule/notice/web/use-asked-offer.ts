import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../../../../platform/web/call.ts';
import { refreshTopics } from '../../../../platform/web/use-office.ts';
import { type Offer, useToast } from '../../../../ui/toast.tsx';
import type { BoardFacts } from '../../web/board.ts';
import { versionOf } from '../../web/pending-visits.ts';
import { wordsOf } from '../../web/refusals.ts';
import type { VisitWrite } from '../../web/visit-writes.ts';
import { sayWhoAsked } from '../api.ts';
import { isShortNotice } from '../rules.ts';

export type NoticeFacts = Pick<BoardFacts, 'nowMs' | 'types'>;

/**
 * Who wanted a visit moved matters only at short notice: then the note of the move offers to say that the patient
 * did, which makes it a late one. Whoever says nothing has nothing more to do.
 */
export function useAskedOffer(facts: NoticeFacts | undefined) {
  const client = useQueryClient();
  const toast = useToast();
  const now = useRef(facts);
  useEffect(() => {
    now.current = facts;
  }, [facts]);
  /** Said last at this desk: U takes that back before the move itself. */
  const said = useRef(false);
  const say = async ({ visit }: VisitWrite, askedBy: 'patient' | null) => {
    const body = { version: versionOf(visit), askedBy };
    await call(sayWhoAsked, { params: { id: visit.visitId }, body });
    await refreshTopics(client, ['visits']);
  };
  const run = (write: VisitWrite) =>
    say(write, 'patient').then(
      () => {
        said.current = true;
        toast.done(`Late move, asked by the patient: ${write.visit.patient}.`, {
          undo: () => say(write, null),
          undoneMessage: `Not late any more: ${write.visit.patient}.`,
        });
      },
      (error: unknown) => toast.refused(wordsOf(error)),
    );
  const offerFor = useRef((write: VisitWrite): Offer | undefined => {
    said.current = false;
    if (!write.moves || !now.current) return undefined;
    const { nowMs, types } = now.current;
    const noticeHours = types.get(write.visit.visitTypeId)?.noticeHours ?? 0;
    const when = { startsAtMs: Date.parse(write.visit.startsAt), atMs: nowMs, noticeHours };
    if (!isShortNotice(when)) return undefined;
    return { label: 'The patient asked', key: 'y', run: () => void run(write) };
  });
  return { offerFor: offerFor.current, said };
}
