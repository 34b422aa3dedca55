// Reading what somebody chose: roles, subcommands and options of an interaction.

import { OptionType } from "./constants";
import type { Snowflake } from "./wire";

interface GivenOption {
  name: string;
  type?: number;
  value?: unknown;
  options?: GivenOption[];
}

interface Context {
  msg?: unknown;
}

type OptionValues = Record<string, unknown>;

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

function optionsOf(ctx: Context): GivenOption[] {
  const options = field(field(ctx.msg, "data"), "options");
  return Array.isArray(options) ? (options as GivenOption[]) : [];
}

/** Whether whoever caused the event has the role. */
export function hasRole(ctx: Context, roleId: Snowflake): boolean {
  const roles = field(field(ctx.msg, "member"), "roles");
  return Array.isArray(roles) && roles.some((role) => role === roleId || field(role, "id") === roleId);
}

/** The subcommand that was called; of one in a group its own name, not the group's. */
export function getSubcommand(ctx: Context): string | undefined {
  const [first] = optionsOf(ctx);
  return first?.type === OptionType.SubcommandGroup ? first.options?.[0]?.name : first?.name;
}

export function getSubcommandGroup(ctx: Context): string | undefined {
  const [first] = optionsOf(ctx);
  return first?.type === OptionType.SubcommandGroup ? first.name : undefined;
}

/** The values that were given, by the options' names, from however deep. */
export function flattenInteractionOptions(options: unknown): OptionValues {
  const values: OptionValues = {};
  collect(options, values);
  return values;
}

function collect(options: unknown, values: OptionValues): void {
  if (!Array.isArray(options)) return;
  for (const option of options as GivenOption[]) {
    const isNest = option.type === OptionType.Subcommand || option.type === OptionType.SubcommandGroup;
    if (isNest) collect(option.options, values);
    else values[option.name] = option.value;
  }
}

/** The option that somebody is typing in, of an autocomplete interaction. */
export function focusedOption(options: unknown): { name: string; value: unknown; type?: number } | undefined {
  if (!Array.isArray(options)) return undefined;
  for (const option of options as (GivenOption & { focused?: boolean })[]) {
    const found = option.focused === true ? option : focusedOption(option.options);
    if (found !== undefined)
      return { name: found.name, value: found.value, ...(found.type !== undefined && { type: found.type }) };
  }
  return undefined;
}

export interface RunnableSubcommand<Ctx> {
  name: string;
  run?: (ctx: Ctx) => unknown;
  subcommands?: readonly RunnableSubcommand<Ctx>[];
}

/** Which of a command's subcommands was called; undefined when it has none of that name. */
export function findSubcommand<Ctx>(
  ctx: Context,
  command: { subcommands?: readonly RunnableSubcommand<Ctx>[] },
): RunnableSubcommand<Ctx> | undefined {
  const group = getSubcommandGroup(ctx);
  const within = group === undefined ? command : command.subcommands?.find((one) => one.name === group);
  const name = getSubcommand(ctx);
  return within?.subcommands?.find((one) => one.name === name);
}

/** Runs the subcommand that was called, with its options. */
export async function handleSubcommand<Ctx extends Context>(
  ctx: Ctx,
  command: { name?: string; subcommands?: readonly RunnableSubcommand<Ctx & { options: OptionValues }>[] },
): Promise<void> {
  const subcommand = findSubcommand(ctx, command);
  if (subcommand?.run === undefined) {
    throw new Error(`/${command.name ?? "?"} has no subcommand "${getSubcommand(ctx) ?? ""}" with a function to run`);
  }
  await subcommand.run(Object.assign(ctx, { options: flattenInteractionOptions(optionsOf(ctx)) }));
}
