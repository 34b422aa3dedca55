// Application commands: as authors define them, and in Discord's own words.

import type { ChannelType, CommandType, Locale, OptionType } from "./constants";
import type { PermissionResolvable } from "./permissions";

export type Localizations = Partial<Record<Locale, string>>;

export type CommandTypeName = "chat" | "user" | "message";

export type OptionTypeName =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "user"
  | "channel"
  | "role"
  | "mentionable"
  | "attachment"
  | "subcommand"
  | "subcommand_group";

export interface Choice<Value extends string | number = string | number> {
  name: string;
  value: Value;
  nameLocalizations?: Localizations;
}

export interface CommandOption {
  name: string;
  /** Of what is no subcommand the name, unless told. */
  description?: string;
  /** A text unless told. */
  type?: OptionTypeName | OptionType;
  required?: boolean;
  /** A value alone is its own name. */
  choices?: readonly (Choice | string | number)[] | Readonly<Record<string, string | number>>;
  /** Whether, or by which function, the script proposes values while somebody types. */
  autocomplete?: unknown;
  /** Of numbers the least and the most, of texts their lengths. */
  min?: number;
  max?: number;
  minValue?: number;
  maxValue?: number;
  minLength?: number;
  maxLength?: number;
  channelTypes?: readonly (ChannelType | string)[];
  options?: CommandOptions;
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
}

/** A list, or a record of them by their names. */
export type CommandOptions = readonly CommandOption[] | Readonly<Record<string, Omit<CommandOption, "name">>>;

export interface SubcommandDefinition {
  name: string;
  description: string;
  options?: CommandOptions;
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
  run?: unknown;
}

export interface SubcommandGroupDefinition {
  name: string;
  description: string;
  subcommands: readonly SubcommandDefinition[];
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
}

export interface CommandDefinition {
  name: string;
  /** Commands of a menu have none. */
  description?: string;
  type?: CommandTypeName | CommandType;
  options?: CommandOptions;
  subcommands?: readonly (SubcommandDefinition | SubcommandGroupDefinition)[];
  nameLocalizations?: Localizations;
  descriptionLocalizations?: Localizations;
  /** Who sees it at first; admins of the guild may change that. */
  defaultMemberPermissions?: PermissionResolvable | null;
  nsfw?: boolean;
  run?: unknown;
}

export interface WireChoice {
  name: string;
  value: string | number;
  name_localizations?: Record<string, string>;
}

export interface WireOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  choices?: WireChoice[];
  autocomplete?: boolean;
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  channel_types?: number[];
  options?: WireOption[];
  name_localizations?: Record<string, string>;
  description_localizations?: Record<string, string>;
}

/** What `flattenCommands` gives, and what is registered. */
export interface WireCommand {
  type: number;
  name: string;
  description: string;
  options?: WireOption[];
  name_localizations?: Record<string, string>;
  description_localizations?: Record<string, string>;
  default_member_permissions?: string | null;
  nsfw?: boolean;
}

export type FlattenedSlashCommand = WireCommand;
