// -- events -----------------------------------------------------------------------------------------------------------

interface ReactionEvent {
  userId: Snowflake;
  channelId: Snowflake;
  messageId: Snowflake;
  guildId: Snowflake;
  emoji: ReceivedEmoji;
  burst: boolean;
  member?: Member;
  messageAuthorId?: Snowflake;
}

interface RoleEvent {
  guildId: Snowflake;
  role: Role;
  /** Before, where flora still had it. */
  old?: RoleEvent | null;
}

interface MemberUser {
  guildId: Snowflake;
  user: User;
}

interface ScheduledEventUser {
  guildScheduledEventId: Snowflake;
  userId: Snowflake;
  guildId: Snowflake;
}

/** What `ctx.msg` is, by the event's name. */
interface EventPayloads {
  ready: { user: { id: Snowflake }; application: { id: Snowflake } | null; guilds: never[]; guildIds: never[] };
  messageCreate: Message;
  messageUpdate: Message & { old: Message | null; new: Message };
  messageDelete: { id: Snowflake; channelId: Snowflake; guildId: Snowflake; old: Message | null };
  messageDeleteBulk: { ids: Snowflake[]; channelId: Snowflake; guildId: Snowflake };
  messageReactionAdd: ReactionEvent;
  messageReactionRemove: ReactionEvent;
  messageReactionRemoveAll: { channelId: Snowflake; messageId: Snowflake; guildId: Snowflake };
  messageReactionRemoveEmoji: { channelId: Snowflake; messageId: Snowflake; guildId: Snowflake; emoji: ReceivedEmoji };
  reactionAdd: ReactionEvent;
  reactionRemove: ReactionEvent;
  reactionRemoveAll: { channelId: Snowflake; messageId: Snowflake; guildId: Snowflake };
  reactionRemoveEmoji: { channelId: Snowflake; messageId: Snowflake; guildId: Snowflake; emoji: ReceivedEmoji };
  messagePollVoteAdd: { userId: Snowflake; channelId: Snowflake; messageId: Snowflake; guildId: Snowflake; answerId: number };
  messagePollVoteRemove: { userId: Snowflake; channelId: Snowflake; messageId: Snowflake; guildId: Snowflake; answerId: number };
  guildMemberAdd: Member & { guildId: Snowflake };
  guildMemberUpdate: Member & { guildId: Snowflake; old?: Member | null };
  guildMemberRemove: MemberUser;
  guildMembersChunk: { guildId: Snowflake; members: Member[]; chunkIndex: number; chunkCount: number; nonce?: string };
  guildBanAdd: MemberUser;
  guildBanRemove: MemberUser;
  guildJoinRequestCreate: { guildId: Snowflake; status: string; request: any };
  guildJoinRequestUpdate: { guildId: Snowflake; status: string; request: any };
  guildJoinRequestDelete: { guildId: Snowflake; userId: Snowflake; id: Snowflake };
  guildRoleCreate: RoleEvent;
  guildRoleUpdate: RoleEvent;
  guildRoleDelete: { guildId: Snowflake; roleId: Snowflake };
  guildCreate: Guild & { joinedAt: Timestamp; channels: Channel[]; threads: Channel[]; members: Member[]; voiceStates: VoiceState[] };
  guildUpdate: Guild & { old?: Guild | null };
  guildDelete: { id: Snowflake; unavailable?: boolean };
  guildAuditLogEntryCreate: AuditLogEntry & { guildId: Snowflake };
  guildEmojisUpdate: { guildId: Snowflake; emojis: ReceivedEmoji[] };
  guildStickersUpdate: { guildId: Snowflake; stickers: Sticker[] };
  guildIntegrationsUpdate: { guildId: Snowflake };
  guildScheduledEventCreate: ScheduledEvent;
  guildScheduledEventUpdate: ScheduledEvent;
  guildScheduledEventDelete: ScheduledEvent;
  guildScheduledEventUserAdd: ScheduledEventUser;
  guildScheduledEventUserRemove: ScheduledEventUser;
  guildScheduledEventExceptionCreate: { guildId: Snowflake; eventId: Snowflake };
  guildScheduledEventExceptionUpdate: { guildId: Snowflake; eventId: Snowflake };
  guildScheduledEventExceptionDelete: { guildId: Snowflake; eventId: Snowflake };
  guildSoundboardSoundCreate: SoundboardSound;
  guildSoundboardSoundUpdate: SoundboardSound;
  guildSoundboardSoundDelete: { soundId: Snowflake; guildId: Snowflake };
  guildSoundboardSoundsUpdate: { guildId: Snowflake; soundboardSounds: SoundboardSound[] };
  soundboardSounds: { guildId: Snowflake; soundboardSounds: SoundboardSound[] };
  channelCreate: Channel;
  channelUpdate: Channel & { old?: Channel | null };
  channelDelete: Channel;
  channelPinsUpdate: { guildId: Snowflake; channelId: Snowflake; lastPinTimestamp?: Timestamp | null };
  channelInfo: { guildId: Snowflake; channels: any[] };
  threadCreate: Channel & { newlyCreated?: boolean };
  threadUpdate: Channel & { old?: Channel | null };
  threadDelete: { id: Snowflake; guildId: Snowflake; parentId: Snowflake; type: ChannelType };
  threadListSync: { guildId: Snowflake; channelIds?: Snowflake[]; threads: Channel[]; members: ThreadMember[] };
  threadMemberUpdate: ThreadMember & { guildId: Snowflake };
  threadMembersUpdate: {
    id: Snowflake;
    guildId: Snowflake;
    memberCount: number;
    addedMembers?: ThreadMember[];
    removedMemberIds?: Snowflake[];
  };
  interactionCreate: Interaction;
  componentInteraction: Interaction;
  modalSubmit: Interaction;
  autocomplete: Interaction;
  inviteCreate: Invite;
  inviteDelete: { channelId: Snowflake; guildId: Snowflake; code: string };
  integrationCreate: Integration & { guildId: Snowflake };
  integrationUpdate: Integration & { guildId: Snowflake };
  integrationDelete: { id: Snowflake; guildId: Snowflake; applicationId?: Snowflake };
  presenceUpdate: Presence;
  typingStart: { channelId: Snowflake; guildId: Snowflake; userId: Snowflake; timestamp: number; member?: Member };
  voiceStateUpdate: VoiceState & { old?: VoiceState | null };
  voiceServerUpdate: { token: string; guildId: Snowflake; endpoint: string | null };
  voiceChannelEffectSend: { channelId: Snowflake; guildId: Snowflake; userId: Snowflake; emoji?: ReceivedEmoji | null; soundId?: Snowflake | number };
  voiceChannelStatusUpdate: { id: Snowflake; guildId: Snowflake; status: string | null };
  voiceChannelStartTimeUpdate: { id: Snowflake; guildId: Snowflake; voiceStartTime: number | null };
  stageInstanceCreate: StageInstance;
  stageInstanceUpdate: StageInstance;
  stageInstanceDelete: StageInstance;
  autoModerationRuleCreate: AutoModerationRule;
  autoModerationRuleUpdate: AutoModerationRule;
  autoModerationRuleDelete: AutoModerationRule;
  autoModerationActionExecution: {
    guildId: Snowflake;
    action: AutoModerationAction;
    ruleId: Snowflake;
    ruleTriggerType: AutoModTrigger;
    userId: Snowflake;
    channelId?: Snowflake;
    messageId?: Snowflake;
    content: string;
    matchedKeyword: string | null;
    matchedContent: string | null;
  };
  applicationCommandPermissionsUpdate: { id: Snowflake; applicationId: Snowflake; guildId: Snowflake; permissions: any[] };
  entitlementCreate: { id: Snowflake; skuId: Snowflake; guildId?: Snowflake; userId?: Snowflake; type: number };
  entitlementUpdate: { id: Snowflake; skuId: Snowflake; guildId?: Snowflake; userId?: Snowflake; type: number };
  entitlementDelete: { id: Snowflake; skuId: Snowflake; guildId?: Snowflake; userId?: Snowflake; type: number };
  subscriptionCreate: { id: Snowflake; userId: Snowflake; status: number };
  subscriptionUpdate: { id: Snowflake; userId: Snowflake; status: number };
  subscriptionDelete: { id: Snowflake; userId: Snowflake; status: number };
  webhooksUpdate: { guildId: Snowflake; channelId: Snowflake };
}

type EventName = keyof EventPayloads;

/** What may be sent: a text, options, an embed or a component, or a list of either. */
type Sendable = string | MessageOptions | Builder<unknown> | readonly Builder<unknown>[];

/** What handlers are given. */
interface EventContext<Payload = any> {
  /** The event's name. */
  readonly event: string;
  /** The payload with names in camel case. */
  msg: Payload;
  /** The payload as Discord sent it. */
  readonly raw: any;
  /** What was there before an update or a deletion, where flora still had it. */
  readonly old: any;
  readonly guildId: Snowflake;
  readonly channelId: Snowflake | undefined;
  /** Answers in the channel of the event, referring to its message; `replyTo: null` leaves the reference out. */
  reply(message: Sendable): Promise<Message>;
  /** Sends into the channel of the event. */
  send(message: Sendable): Promise<Message>;
  /** Changes the reply that was given; where none was, the message of the event, if it is the bot's own. */
  edit(message: Sendable): Promise<Message>;
  /** Removes the message of the event. */
  delete(reason?: string): Promise<void>;
  deleteReply(): Promise<void>;
  /** Reacts to the message of the event: `"👍"`, `"<:name:id>"`, `"name:id"` or an emoji. */
  react(emoji: string | { id?: Snowflake | null; name: string | null }): Promise<void>;
  typing(): Promise<void>;
}

type MessageContext = EventContext<Message>;

interface InteractionMessage extends MessageOptions {
  /** Resolve to the message that was sent: it costs a longer answer of Discord's. */
  withResponse?: boolean;
}
type Answer = Sendable | InteractionMessage;

interface InteractionContext extends EventContext<Interaction> {
  readonly channelId: Snowflake;
  readonly user: User;
  readonly member: Member;
  readonly commandName: string | undefined;
  readonly customId: string | undefined;
  /** What was chosen in a select menu. */
  readonly values: string[];
  /** What a form holds, by the custom ids of its parts. */
  readonly fields: Record<string, any>;
  /** The first answer; after one, a further message. After `defer`, it takes the place of the waiting. */
  reply(message: Answer): Promise<Message>;
  /** Says that the answer takes a while. flora does it for a command that has not answered in time. */
  defer(options?: { ephemeral?: boolean } | boolean): Promise<void>;
  /** Of a component: its message may change in a while. */
  deferUpdate(): Promise<void>;
  /** Of a component: changes its message. */
  update(message: Answer): Promise<Message>;
  editReply(message: Answer): Promise<Message>;
  followUp(message: Answer): Promise<Message>;
  /** Opens a form: the first answer, or none. */
  showModal(modal: ModalBuilder | Modal | { title: string; customId: string; components: unknown[] }): Promise<void>;
  /** Suggestions for the option that is being typed. */
  respond(choices: Iterable<string | number | { name: string; value: string | number }>): Promise<void>;
}

/** Of a handler with a pattern: `onButton("vote:{poll}", ...)` has `ctx.params.poll`. */
interface ComponentContext extends InteractionContext {
  readonly customId: string;
  readonly params: Record<string, string>;
}

type ContextOf<Name extends EventName> = Name extends "interactionCreate" | "componentInteraction" | "modalSubmit" | "autocomplete"
  ? InteractionContext
  : EventContext<EventPayloads[Name]>;

/** Calls a function for every event of a name; the answer stops it. */
declare function on<Name extends EventName>(event: Name, handler: (ctx: ContextOf<Name>) => unknown): () => void;
declare function once<Name extends EventName>(event: Name, handler: (ctx: ContextOf<Name>) => unknown): () => void;
/** Stops a handler, or all of an event. */
declare function off<Name extends EventName>(event: Name, handler?: (ctx: ContextOf<Name>) => unknown): void;

interface CollectOptions<Name extends EventName> {
  filter?(ctx: ContextOf<Name>): boolean;
  /** How many; without end unless given. */
  max?: number;
  /** For how long: 60 unless given, 900 at most. */
  seconds?: number;
  /** Called for each that is gathered. */
  each?(ctx: ContextOf<Name>): unknown;
}

/**
 * Gathers events for a while, then calls `done`. It is kept in memory: a deploy, a restart or a crash ends it, and nobody
 * is told. Do not wait for it in a handler, which has three seconds.
 */
declare function collect<Name extends EventName>(
  event: Name,
  options: CollectOptions<Name>,
  done: (found: ContextOf<Name>[], why: "max" | "time" | "stopped") => unknown,
): { stop(): void };

declare function onButton(customId: string | RegExp, handler: (ctx: ComponentContext) => unknown): () => void;
declare function onSelect(customId: string | RegExp, handler: (ctx: ComponentContext) => unknown): () => void;
/** Buttons and select menus. */
declare function onComponent(customId: string | RegExp, handler: (ctx: ComponentContext) => unknown): () => void;
declare function onModal(customId: string | RegExp, handler: (ctx: ComponentContext) => unknown): () => void;
