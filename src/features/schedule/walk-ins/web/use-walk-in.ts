import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../../platform/web/call.ts';
import { usePerson } from '../../../../platform/web/person-in-view.tsx';
import { refreshTopics, useWrite } from '../../../../platform/web/use-office.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { visitInError } from '../../visits/api.ts';
import type { Visit } from '../../visits/schema.ts';
import { noteVersion, versionOf } from '../../web/pending-visits.ts';
import { type WayOn, wayOnOf } from '../../web/refusals.ts';
import { visitWords } from '../../web/use-booking.ts';
import { rememberType } from '../../web/use-setup.ts';
import { registerWalkIn } from '../api.ts';

/** Register a walk-in; what is in the way comes back with its way on, and it can be undone. */
export function useWalkIn(onDone: (visit: Visit) => void) {
  const client = useQueryClient();
  const toast = useToast();
  const person = usePerson();
  const { mutate, isPending } = useWrite(registerWalkIn, { touches: ['visits'] });
  const [way, setWay] = useState<WayOn>();
  const [error, setError] = useState<string>();
  const register = (body: z.input<typeof registerWalkIn.body>) =>
    mutate(
      { body },
      {
        onError: (problem) => {
          const on = wayOnOf(problem);
          setWay(on);
          setError(on ? undefined : problem.message);
        },
        onSuccess: ({ visit }) => {
          rememberType(body.visitTypeId);
          noteVersion(visit.visitId, visit.version);
          person.show(visit.patientId);
          const undo = async () => {
            const version = versionOf(visit);
            const reason = 'walk-in taken back';
            await call(visitInError, { params: { id: visit.visitId }, body: { version, reason } });
            await refreshTopics(client, ['visits']);
          };
          const between = visit.overbooked ? ', between others' : '';
          toast.done(`Arrived as a walk-in: ${visitWords(visit)}${between}.`, { undo });
          setWay(undefined);
          onDone(visit);
        },
      },
    );
  return { register, busy: isPending, way, error, letWayGo: () => setWay(undefined) };
}
