// Permissions: Discord's bits by name, and sums with them. They are bigints, for there are more than 53.

import { nearest } from "../nearest";

const bit = (index: number): bigint => 1n << BigInt(index);

export const PermissionFlags = {
  CreateInstantInvite: bit(0),
  KickMembers: bit(1),
  BanMembers: bit(2),
  Administrator: bit(3),
  ManageChannels: bit(4),
  ManageGuild: bit(5),
  AddReactions: bit(6),
  ViewAuditLog: bit(7),
  PrioritySpeaker: bit(8),
  Stream: bit(9),
  ViewChannel: bit(10),
  SendMessages: bit(11),
  SendTTSMessages: bit(12),
  ManageMessages: bit(13),
  EmbedLinks: bit(14),
  AttachFiles: bit(15),
  ReadMessageHistory: bit(16),
  MentionEveryone: bit(17),
  UseExternalEmojis: bit(18),
  ViewGuildInsights: bit(19),
  Connect: bit(20),
  Speak: bit(21),
  MuteMembers: bit(22),
  DeafenMembers: bit(23),
  MoveMembers: bit(24),
  UseVAD: bit(25),
  ChangeNickname: bit(26),
  ManageNicknames: bit(27),
  ManageRoles: bit(28),
  ManageWebhooks: bit(29),
  ManageGuildExpressions: bit(30),
  UseApplicationCommands: bit(31),
  RequestToSpeak: bit(32),
  ManageEvents: bit(33),
  ManageThreads: bit(34),
  CreatePublicThreads: bit(35),
  CreatePrivateThreads: bit(36),
  UseExternalStickers: bit(37),
  SendMessagesInThreads: bit(38),
  UseEmbeddedActivities: bit(39),
  ModerateMembers: bit(40),
  ViewCreatorMonetizationAnalytics: bit(41),
  UseSoundboard: bit(42),
  CreateGuildExpressions: bit(43),
  CreateEvents: bit(44),
  UseExternalSounds: bit(45),
  SendVoiceMessages: bit(46),
  SetVoiceChannelStatus: bit(48),
  SendPolls: bit(49),
  UseExternalApps: bit(50),
  PinMessages: bit(51),
  BypassSlowmode: bit(52),
} as const;

export type PermissionName = keyof typeof PermissionFlags;
/** Names, Discord's decimal text, or bits. */
export type PermissionResolvable = PermissionName | bigint | number | string | readonly PermissionResolvable[];

const BY_SHOUTED_NAME = new Map<string, PermissionName>(
  Object.keys(PermissionFlags).map((name) => [shouted(name), name as PermissionName]),
);

/** `MANAGE_GUILD` and `manageGuild` are `ManageGuild` too. */
function shouted(name: string): string {
  return name.replace(/_/g, "").toUpperCase();
}

/** The sum of permissions, however they are written. */
export function permissionBits(permissions: PermissionResolvable | null | undefined): bigint {
  if (permissions === null || permissions === undefined) return 0n;
  if (typeof permissions === "bigint") return permissions;
  if (typeof permissions === "number") return BigInt(permissions);
  if (typeof permissions === "string") return bitsOfText(permissions);
  return permissions.reduce<bigint>((sum, one) => sum | permissionBits(one), 0n);
}

function bitsOfText(text: string): bigint {
  if (/^\d+$/.test(text)) return BigInt(text);
  const name = BY_SHOUTED_NAME.get(shouted(text));
  if (name !== undefined) return PermissionFlags[name];
  const close = nearest(text, Object.keys(PermissionFlags));
  const hint = close === undefined ? "see PermissionFlags" : `did you mean ${close}?`;
  throw new TypeError(`there is no permission "${text}"; ${hint}`);
}

/** The names of the permissions in a sum. */
export function permissionNames(permissions: PermissionResolvable | null | undefined): PermissionName[] {
  const bits = permissionBits(permissions);
  return (Object.keys(PermissionFlags) as PermissionName[]).filter((name) => (bits & PermissionFlags[name]) !== 0n);
}

/** Whether all of the wanted are there; an administrator has them all. */
export function hasPermissions(
  permissions: PermissionResolvable | null | undefined,
  wanted: PermissionResolvable,
  { administrator = true }: { administrator?: boolean } = {},
): boolean {
  const bits = permissionBits(permissions);
  if (administrator && (bits & PermissionFlags.Administrator) !== 0n) return true;
  const needed = permissionBits(wanted);
  return (bits & needed) === needed;
}

/** Which of the wanted are not there. */
export function missingPermissions(
  permissions: PermissionResolvable | null | undefined,
  wanted: PermissionResolvable,
): PermissionName[] {
  return permissionNames(wanted).filter((name) => !hasPermissions(permissions, name));
}

// -- plain bit fields, such as flags -----------------------------------------------------------------------------

export function hasFlag(flags: number | null | undefined, flag: number): boolean {
  return ((flags ?? 0) & flag) === flag;
}

export function addFlag(flags: number | null | undefined, ...more: number[]): number {
  return more.reduce((sum, flag) => sum | flag, flags ?? 0);
}

export function removeFlag(flags: number | null | undefined, ...less: number[]): number {
  return less.reduce((sum, flag) => sum & ~flag, flags ?? 0);
}
