import { BlockList, isIP } from 'node:net';

/**
 * Addresses of this machine and of private networks: an address that someone typed must not lead the office into
 * its own network (server-side request forgery). RFC 6890 and its registries.
 */
const inner = new BlockList();
const networks4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
const networks6: [string, number][] = [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];
for (const [network, bits] of networks4) inner.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of networks6) inner.addSubnet(network, bits, 'ipv6');

/** Whether an IP address is not one of the public internet. What is no address is none. */
export function isInnerAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const version = isIP(plain);
  if (version === 0) return true;
  // An IPv4 address written in IPv6 hex groups
  if (version === 6 && /^::ffff:/i.test(plain)) return true;
  return inner.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}
