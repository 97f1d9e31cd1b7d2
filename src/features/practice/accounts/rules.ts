import type { Permission } from '../../../platform/contributions.ts';
import { roleKeys } from '../../../platform/contributions.ts';
import type { RoleMatrix } from './schema.ts';

// Short, friendly, hard to mistake on the phone.
const words = `
  acorn amber apple april arrow aspen autumn bacon badge baker bamboo banjo barley basil beach berry birch
  blossom blue boat bonus book bread breeze bridge bright brook bucket butter button cabin cactus candle canoe
  canyon carrot castle cedar cello cherry circle citrus clover cloud coast cobalt cocoa comet copper coral
  cotton cozy cricket crisp crystal daisy dancer delta denim desert dolphin dove dream eagle early east echo
  elm ember fable falcon feather fern field fig finch flute forest fox garden ginger glacier globe golden
  granite grape green guitar harbor harvest hazel heron hill honey horizon indigo island ivory ivy jasmine
  jelly jolly june juniper kettle kite lagoon lake lantern lark lemon lilac lily linen lion lotus lunar
  magnet maple marble market meadow melon mint mirror misty moon morning mountain nectar noble north nutmeg
  oak oasis oat ocean olive onyx opal orange orbit orchard otter owl paddle paper parade parrot peach pearl
  pebble pepper piano picnic pine planet plum pocket polar pond poplar prairie puzzle quartz quiet quilt
  rabbit radio rain raven reef ribbon river robin rocket rose ruby saddle saffron sage salmon sandal satin
  scarf shell silk silver sky snow solar south sparrow spice spring spruce star stone summer sunny swan
  table tango teapot tiger timber toast topaz trail tulip tundra turtle valley velvet violet wagon walnut
  water west willow window winter wren yellow zebra`
  .trim()
  .split(/\s+/);

/**
 * A password that can be read out and typed once: four words and two digits, about 38 bits. It must be changed at
 * the first sign-in, and sign-in is slowed after a few wrong tries.
 * @param below a random whole number from 0 to before its argument
 */
export function readablePassword(below: (limit: number) => number): string {
  const chosen = Array.from({ length: 4 }, () => words[below(words.length)] ?? 'willow');
  return `${chosen.join('-')}-${10 + below(90)}`;
}

type Change = { role: string; permission: string; allowed: boolean };

/** Every permission by every role: the program's default, and what holds now. */
export function roleCells(catalog: readonly Permission[], changes: readonly Change[]) {
  const changed = new Map(changes.map((one) => [`${one.role} ${one.permission}`, one.allowed]));
  return catalog.map(({ key, label, roles }): RoleMatrix['permissions'][number] => ({
    key,
    label,
    cells: roleKeys.map((role) => {
      const byDefault = roles.includes(role);
      return { role, byDefault, allowed: changed.get(`${role} ${key}`) ?? byDefault };
    }),
  }));
}
