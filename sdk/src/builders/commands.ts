// From commands as authors define them to those that Discord registers.

import type {
  CommandDefinition,
  CommandOption,
  SubcommandDefinition,
  SubcommandGroupDefinition,
  WireChoice,
  WireCommand,
  WireOption,
} from "./command-types";
import { CommandType, OptionType } from "./constants";
import { permissionBits, type PermissionResolvable } from "./permissions";
import { shown } from "./problems";
import { present } from "./wire";

type Given = Record<string, unknown>;

const COMMAND_TYPES: Readonly<Record<string, number>> = {
  chat: CommandType.ChatInput,
  chat_input: CommandType.ChatInput,
  slash: CommandType.ChatInput,
  user: CommandType.User,
  message: CommandType.Message,
};

export const OPTION_TYPES: Readonly<Record<string, number>> = {
  string: OptionType.String,
  integer: OptionType.Integer,
  number: OptionType.Number,
  boolean: OptionType.Boolean,
  user: OptionType.User,
  channel: OptionType.Channel,
  role: OptionType.Role,
  mentionable: OptionType.Mentionable,
  attachment: OptionType.Attachment,
  subcommand: OptionType.Subcommand,
  sub_command: OptionType.Subcommand,
  subcommand_group: OptionType.SubcommandGroup,
  sub_command_group: OptionType.SubcommandGroup,
};

/** The commands in Discord's words: `subcommands` have become options. What is flat already stays as it is. */
export function flattenCommands(commands: readonly CommandDefinition[]): WireCommand[] {
  return commands.map(flattenCommand);
}

export function flattenCommand(command: CommandDefinition): WireCommand {
  const given = command as unknown as Given;
  const type = commandType(command.type);
  const subcommands = (command.subcommands ?? []).map(flattenSubcommand);
  const options = [...subcommands, ...(command.options ?? []).map(flattenOption)];
  return present<WireCommand>({
    type,
    name: command.name,
    description: command.description ?? "",
    options: type === CommandType.ChatInput && options.length > 0 ? options : undefined,
    ...localizations(given),
    default_member_permissions: memberPermissions(given),
    nsfw: command.nsfw,
  } as WireCommand);
}

function commandType(type: unknown): number {
  if (type === undefined || type === null) return CommandType.ChatInput;
  return typeof type === "number"
    ? type
    : ((typeof type === "string" ? COMMAND_TYPES[type.toLowerCase()] : undefined) ?? Number.NaN);
}

function optionType(type: unknown): number {
  if (typeof type === "number") return type;
  if (type === undefined || type === null) return OptionType.String;
  return (typeof type === "string" ? OPTION_TYPES[type.toLowerCase()] : undefined) ?? Number.NaN;
}

/** `default_member_permissions` as the decimal text that Discord takes; what is no permission stays to be told. */
function memberPermissions(given: Given): string | null | undefined {
  const wanted = either(given, "defaultMemberPermissions", "default_member_permissions");
  if (wanted === undefined || wanted === null) return wanted;
  try {
    return permissionBits(wanted as PermissionResolvable).toString();
  } catch {
    return shown(wanted).replace(/^"|"$/g, "");
  }
}

function either(given: Given, camel: string, snake: string): unknown {
  return given[camel] ?? given[snake];
}

function localizations(given: Given): Partial<WireCommand> {
  return present({
    name_localizations: either(given, "nameLocalizations", "name_localizations"),
    description_localizations: either(given, "descriptionLocalizations", "description_localizations"),
  }) as Partial<WireCommand>;
}

function flattenSubcommand(given: SubcommandDefinition | SubcommandGroupDefinition): WireOption {
  const { name, description } = given;
  const inner =
    "subcommands" in given ? given.subcommands.map(flattenSubcommand) : (given.options ?? []).map(flattenOption);
  const type = "subcommands" in given ? OptionType.SubcommandGroup : OptionType.Subcommand;
  const options = inner.length > 0 ? { options: inner } : {};
  return { type, name, description, ...options, ...localizations(given as unknown as Given) };
}

function flattenOption(option: CommandOption): WireOption {
  const given = option as unknown as Given;
  const type = optionType(option.type);
  return present<WireOption>({
    type,
    name: option.name,
    description: option.description,
    required: option.required,
    choices: option.choices?.map(flattenChoice),
    autocomplete: option.autocomplete === undefined ? undefined : Boolean(option.autocomplete),
    min_value: either(given, "minValue", "min_value"),
    max_value: either(given, "maxValue", "max_value"),
    min_length: either(given, "minLength", "min_length"),
    max_length: either(given, "maxLength", "max_length"),
    channel_types: either(given, "channelTypes", "channel_types"),
    options: option.options?.map(flattenOption),
    ...localizations(given),
  } as WireOption);
}

function flattenChoice(choice: NonNullable<CommandOption["choices"]>[number]): WireChoice {
  if (typeof choice !== "object") return { name: String(choice), value: choice };
  const names = localizations(choice as unknown as Given).name_localizations;
  const { name, value } = choice;
  return names === undefined ? { name, value } : { name, value, name_localizations: names };
}
