// Shows the OpenAPI document as a list that can be searched. Text only: nothing of the document becomes markup.
const place = document.getElementById("operations");
const filter = document.getElementById("filter");

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function resolved(schema, all, depth = 0) {
  if (!schema || depth > 6) return {};
  if (schema.$ref) return resolved(all[schema.$ref.split("/").pop()], all, depth + 1);
  if (schema.items) return { ...schema, items: resolved(schema.items, all, depth + 1) };
  if (schema.properties) {
    const properties = Object.entries(schema.properties).map(([name, one]) => [name, resolved(one, all, depth + 1)]);
    return { ...schema, properties: Object.fromEntries(properties) };
  }
  return schema;
}

function shape(title, content, all) {
  const [kind, media] = Object.entries(content ?? {})[0] ?? [];
  if (!kind) return [];
  return [element("h2", `${title} (${kind})`), element("pre", JSON.stringify(resolved(media.schema, all), null, 2))];
}

function parameters(list) {
  if (!list.length) return [];
  const table = element("table");
  const head = table.createTHead().insertRow();
  for (const title of ["parameter", "in", "type"]) head.append(element("th", title));
  for (const one of list) {
    const row = table.insertRow();
    row.append(element("td", one.name + (one.required ? " (required)" : "")), element("td", one.in));
    row.append(element("td", one.schema.type ?? "any"));
  }
  return [table];
}

function shown(method, path, operation, all) {
  const details = element("details");
  const summary = element("summary");
  summary.append(element("span", method.toUpperCase(), "method"), element("code", path));
  summary.append(element("span", operation.summary, "tells"));
  const success = Object.entries(operation.responses).find(([status]) => status < "400") ?? ["", {}];
  const refusals = Object.entries(operation.responses).filter(([status]) => status >= "400");
  details.append(summary, element("p", operation.description), ...parameters(operation.parameters));
  details.append(...shape("body", operation.requestBody?.content, all));
  details.append(...shape(`answer ${success[0]}`, success[1].content, all));
  details.append(element("p", `Refusals: ${refusals.map(([status, one]) => `${status} ${one.description}`).join(", ")}.`));
  return details;
}

function show(text, rows) {
  const wanted = text.toLowerCase();
  const found = rows.filter((row) => row.dataset.text.includes(wanted));
  place.replaceChildren(...(found.length ? found : [element("p", "Nothing is called that.")]));
}

const answer = await fetch("/api-docs/openapi.json");
const api = await answer.json();
const rows = Object.entries(api.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => {
    const row = shown(method, path, operation, api.components.schemas);
    row.dataset.text = `${method} ${path} ${operation.summary}`.toLowerCase();
    return row;
  }),
);
filter.addEventListener("input", () => show(filter.value, rows));
show(filter.value, rows); // somebody may have typed already
