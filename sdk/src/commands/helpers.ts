// Small things that the original had as globals.

const SUBCOMMAND = 1, GROUP = 2;

const firstOption = (context: any): any => context?.raw?.data?.options?.[0] ?? context?.msg?.data?.options?.[0];

/** Whether the member of an event has a role. */
export function hasRole(context: any, roleId: string): boolean {
  const roles = context?.raw?.member?.roles ?? context?.msg?.member?.roles ?? context?.member?.roles ?? context?.roles;
  return Array.isArray(roles) && roles.includes(String(roleId));
}

/** The subcommand that was used, inside its group if it is in one. */
export function getSubcommand(context: any): string | undefined {
  const first = firstOption(context);
  if (first?.type === GROUP) return first.options?.[0]?.name;
  return first?.type === SUBCOMMAND ? first.name : undefined;
}

export function getSubcommandGroup(context: any): string | undefined {
  const first = firstOption(context);
  return first?.type === GROUP ? first.name : undefined;
}

/** `{ name: value }` of whatever a member filled in, however deep. */
export function flattenInteractionOptions(options: readonly any[] = []): Record<string, any> {
  const flat: Record<string, any> = {};
  for (const option of options) {
    if (option.type === SUBCOMMAND || option.type === GROUP) Object.assign(flat, flattenInteractionOptions(option.options));
    else flat[option.name] = option.value;
  }
  return flat;
}

/** Runs the handler of the subcommand that was used, of a command or of a list or record of them; false when there is none. */
export async function handleSubcommand(context: any, handlers: Record<string, (context: any) => unknown> | readonly any[]): Promise<boolean> {
  const name = getSubcommand(context);
  const list = Array.isArray(handlers) ? handlers : (handlers as any).subcommands;
  const found = Array.isArray(list) ? list.find((one) => one.name === name)?.run : (handlers as any)[name ?? ""];
  if (typeof found !== "function") return false;
  context.options ??= flattenInteractionOptions(context.raw?.data?.options);
  await found(context);
  return true;
}
