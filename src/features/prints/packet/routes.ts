import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import { changePackets, folderOf, listPackets, type PacketPlace, shown, writePacket } from './commands.ts';
import { readPacketSettings } from './queries.ts';

export const packetRoutes = (place: PacketPlace): readonly Route[] => [
  route(api.readPackets, 'office.upkeep', async (tx) => {
    const kept = await readPacketSettings(tx.db);
    const folder = folderOf(place, kept);
    const { triedAt, writtenAt, fault } = kept;
    return {
      settings: shown(kept),
      place: folder,
      files: listPackets(folder, tx.practiceId),
      ...{ triedAt, writtenAt, fault },
    };
  }),
  route(api.changePackets, 'office.upkeep', async (tx, { body }) => ({
    version: await changePackets(tx, body, place),
  })),
  route(api.writePacketNow, 'office.upkeep', (tx) => writePacket(tx, place)),
];
