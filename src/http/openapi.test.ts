import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { ACTS, COMMANDS, READS } from "./contract/index.ts";
import { openApiText } from "./openapi.ts";
import { openTestDesk } from "./test-desk.ts";

type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>;
  readonly security?: readonly object[];
};
type Document = {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
};

async function documentOf(): Promise<Document> {
  const desk = await openTestDesk();
  return (await desk.app.inject({ url: "/api/openapi.json" })).json<Document>();
}

test("the description is OpenAPI 3.1 and lists every command, read and act", async () => {
  const document = await documentOf();
  expect(document.openapi).toMatch(/^3\.1\./);
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((m) => `${m.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
  );
  for (const row of Object.values(COMMANDS)) expect(listed).toContain(`POST /api${row.path}`);
  for (const row of Object.values(READS)) expect(listed).toContain(`GET /api${row.path}`);
  for (const row of Object.values(ACTS)) expect(listed).toContain(`${row.method} /api${row.path}`);
  expect(listed.some((l) => l.includes("/exchange/"))).toBe(false);
});

test("operation ids are unique, path parameters are declared, refusals are problem details", async () => {
  const document = await documentOf();
  const ids: string[] = [];
  for (const [path, methods] of Object.entries(document.paths))
    for (const operation of Object.values(methods)) {
      ids.push(operation.operationId);
      const declared = (operation.parameters ?? []).filter((p) => p.in === "path").map((p) => p.name);
      expect(declared.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort());
      expect(operation.responses["default"]?.content?.["application/problem+json"]?.schema).toEqual({
        $ref: "#/components/schemas/Problem",
      });
    }
  expect(new Set(ids).size).toBe(ids.length);
});

test("every reference leads somewhere and every schema is JSON Schema 2020-12", async () => {
  const document = await documentOf();
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1] ?? "");
  expect(refs.length).toBeGreaterThan(40);
  for (const ref of refs)
    expect(Object.keys(document.components.schemas)).toContain(ref.replace("#/components/schemas/", ""));
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ $id: "api", ...document });
  for (const name of Object.keys(document.components.schemas))
    expect(ajv.getSchema(`api#/components/schemas/${name}`)).toBeTypeOf("function");
  for (const methods of Object.values(document.paths))
    for (const operation of Object.values(methods))
      for (const content of Object.values(operation.requestBody?.content ?? {}))
        expect(ajv.validateSchema(content.schema)).toBe(true);
  expect(JSON.stringify(document)).not.toContain("x-shared-schema");
  expect(JSON.stringify(document)).not.toContain('"nullable"');
});

test("a command says that it needs a session, the CSRF token and the key, and what it answers", async () => {
  const document = await documentOf();
  const dispatch = document.paths["/api/requests/{no}/dispatch"]?.["post"];
  expect(dispatch?.security).toEqual([{ session: [], csrf: [] }]);
  expect(dispatch?.parameters?.map((p) => `${p.in} ${p.name}`)).toEqual(
    expect.arrayContaining(["path no", "header idempotency-key", "header if-match"]),
  );
  expect(dispatch?.requestBody?.content["application/json"]?.schema).toMatchObject({ additionalProperties: false });
  expect(dispatch?.responses["200"]?.content?.["application/json"]?.schema).toEqual({
    $ref: "#/components/schemas/CommandDone",
  });
});

test("the text for the documentation is the same each time", async () => {
  const a = await openTestDesk();
  const b = await openTestDesk();
  await Promise.all([a.app.ready(), b.app.ready()]);
  expect(openApiText(a.app)).toBe(openApiText(b.app));
  expect(JSON.parse(openApiText(a.app))).toEqual(await documentOf());
});
