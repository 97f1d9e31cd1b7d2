import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../../platform/web/call.ts';
import { refreshTopics } from '../../../platform/web/use-office.ts';
import { formatClock, formatCount } from '../../../ui/format.ts';
import { clockMinutes } from '../../../ui/parse.ts';
import { useToast } from '../../../ui/toast.tsx';
import { addBlock, changeBlock, removeBlock } from '../blocks/api.ts';
import type { Block, BlockTime } from '../blocks/schema.ts';
import { wordsOf } from './refusals.ts';

const said = (block: BlockTime) =>
  `${block.reason}, ${formatClock(clockMinutes(block.startsLocal))} to ${formatClock(clockMinutes(block.endsLocal))}`;

/** Visits that stand in blocked time stay, and are told: someone has to move them. */
function withOutside(words: string, outside: { count: number }): string {
  if (outside.count === 0) return words;
  const visits = formatCount(outside.count, 'booked visit');
  return `${words} ${visits} ${outside.count === 1 ? 'stands' : 'stand'} in it: move ${outside.count === 1 ? 'it' : 'them'}.`;
}

/** Block time, put it elsewhere, take it back; each can be undone. Answers whether it went well. */
export function useBlockActs() {
  const client = useQueryClient();
  const toast = useToast();
  return useMemo(() => {
    const fresh = () => refreshTopics(client, ['setup']);
    const tried = async (work: () => Promise<void>): Promise<boolean> => {
      try {
        await work();
      } catch (error) {
        toast.refused(wordsOf(error));
        await fresh();
        return false;
      }
      await fresh();
      return true;
    };
    const takeBack = async (id: string, version: number) => {
      await call(removeBlock, { params: { id }, body: { version } });
      await fresh();
    };
    const add = (body: BlockTime) =>
      tried(async () => {
        const made = await call(addBlock, { body });
        const undo = () => takeBack(made.blockId, made.version);
        toast.done(withOutside(`Blocked: ${said(body)}.`, made.outside), { undo });
      });
    const change = ({ blockId, version, ...before }: Block, after: BlockTime) =>
      tried(async () => {
        const params = { id: blockId };
        const changed = await call(changeBlock, { params, body: { ...after, version } });
        const undo = async () => {
          await call(changeBlock, { params, body: { ...before, version: changed.version } });
          await fresh();
        };
        toast.done(withOutside(`Blocked: ${said(after)}.`, changed.outside), { undo });
      });
    const remove = ({ blockId, version, ...before }: Block) =>
      tried(async () => {
        await call(removeBlock, { params: { id: blockId }, body: { version } });
        const undo = async () => {
          await call(addBlock, { body: before });
          await fresh();
        };
        toast.done(`Open again: ${said(before)}.`, { undo });
      });
    return { add, change, remove };
  }, [client, toast]);
}

export type BlockActs = ReturnType<typeof useBlockActs>;
