// What of the builders every script finds as globals. The rest is for the SDK itself.

export { checkedCommands, COMMAND_LIMITS, commandProblems } from "./check-commands";
export { flattenCommands } from "./commands";
export { COMPONENT_LIMITS } from "./check-components";
export * from "./components";
export * from "./constants";
export { colorOf, embed, EMBED_LIMITS, EmbedBuilder, embedLength } from "./embed";
export * from "./format";
export { MESSAGE_LIMITS } from "./message";
export * from "./modal";
export {
  chunk,
  confirmMessage,
  confirmPattern,
  pageButtons,
  pageMessage,
  pagePattern,
  pagesOfLines,
  readConfirmId,
  readPageId,
} from "./pages";
export {
  addFlag,
  hasFlag,
  hasPermissions,
  missingPermissions,
  permissionBits,
  PermissionFlags,
  permissionNames,
  removeFlag,
} from "./permissions";
export { poll, PollBuilder } from "./poll";
export { DefinitionError } from "./problems";
