import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Reason } from '../schema.ts';
import { Relation, RelationDraft } from './schema.ts';

const ofPatient = z.object({ id: Id });
const one = ofPatient.extend({ relationId: Id });
const Version = z.number().int().min(1);
const answer = z.object({ relation: Relation });

export const listRelations = endpoint({
  method: 'GET',
  path: '/api/patients/:id/relations',
  summary: 'Who belongs to a person and what they may hear; revoked ones last',
  params: ofPatient,
  answer: z.object({ relations: z.array(Relation) }),
});

export const addRelation = endpoint({
  method: 'POST',
  path: '/api/patients/:id/relations',
  summary: 'Add someone who belongs to a person, and what they may hear',
  params: ofPatient,
  body: RelationDraft,
  answer,
});

export const changeRelation = endpoint({
  method: 'POST',
  path: '/api/patients/:id/relations/:relationId',
  summary: 'Change who it is, what they may hear, from when until when',
  params: one,
  body: z.object({ version: Version, relation: RelationDraft }),
  answer,
});

export const revokeRelation = endpoint({
  method: 'POST',
  path: '/api/patients/:id/relations/:relationId/revoke',
  summary: 'They may hear nothing from now on; what was agreed stays on record',
  params: one,
  body: z.object({ version: Version, reason: Reason }),
  answer,
});

export const restoreRelation = endpoint({
  method: 'POST',
  path: '/api/patients/:id/relations/:relationId/restore',
  summary: 'Take back that what someone may hear was revoked',
  params: one,
  body: z.object({ version: Version }),
  answer,
});
