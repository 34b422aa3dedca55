// Everything that a script needs to say what it wants, and nothing that touches the host.
//
// `checkMessage`, `checkModalBody` and `checkedCommands` know each of Discord's rules on what is to be sent, and throw
// DefinitionError, with the place of everything that is wrong, before a request is made.

export * from "./check-commands";
export * from "./check-components";
export * from "./command-types";
export * from "./commands";
export * from "./component-types";
export * from "./components";
export * from "./constants";
export * from "./embed";
export * from "./format";
export * from "./message";
export * from "./modal";
export * from "./pages";
export * from "./poll";
export * from "./permissions";
export * from "./problems";
export * from "./wire";
