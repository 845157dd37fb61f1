import type { Browser, BrowserContext, Page } from "playwright-core";
import { logIn, openSeat } from "./browser.ts";
import type { Look } from "./browser.ts";
import { comeDoubtful, comeFacts, comeLong, comeOwed, comeReturn, copyOf } from "./fake-api/from-peer.ts";
import { seedWorld } from "./fake-api/seed.ts";
import { startFakeApi } from "./fake-api/server.ts";
import type { FakeApi } from "./fake-api/server.ts";

type Visit = { readonly browser: Browser; readonly api: FakeApi; readonly look: Look };
type Visited = { readonly page: Page; readonly close: () => Promise<void> };
type Screen = { readonly name: string; readonly visit: (visit: Visit) => Promise<Visited> };

async function seatAt(visit: Visit, side: "hotline" | "police", login: string): Promise<Visited> {
  const { context, page } = await openSeat(visit.browser, visit.look);
  await logIn(page, visit.api.url[side], login);
  return { page, close: () => context.close() };
}

/** A screen of the 12345 desk, reached by what `go` does after log-in. */
function desk(name: string, go: (page: Page, visit: Visit) => Promise<void>): Screen {
  return {
    name,
    visit: async (visit) => {
      const visited = await seatAt(visit, "hotline", "seat");
      await visited.page.locator(".line").first().waitFor();
      await go(visited.page, visit);
      return visited;
    },
  };
}

/** Opens the request of the queue whose line holds these words. */
export async function openRequest(page: Page, words: string): Promise<void> {
  await page.locator(".line", { hasText: words }).first().click();
  await page.locator(".request").waitFor();
}

/** A number of the 12345 desk that another seat has pushed as danger. */
export async function pushOne(visit: Pick<Visit, "browser" | "api">): Promise<BrowserContext> {
  const { context, page } = await openSeat(visit.browser);
  await logIn(page, visit.api.url.hotline, "seat");
  await openRequest(page, "推搡老人");
  await page.keyboard.press("F9");
  await page.locator(".strip").first().waitFor();
  // The answer opens the form to go on asking; a key before that would be overtaken by it.
  await page.locator(".action-form textarea").waitFor();
  return context;
}

/** Every screen of the application, each in a state worth looking at. */
export const SCREENS: readonly Screen[] = [
  {
    name: "login",
    visit: async (visit) => {
      const { context, page } = await openSeat(visit.browser, visit.look);
      await page.goto(visit.api.url.hotline);
      await page.locator(".login-card").waitFor();
      return { page, close: () => context.close() };
    },
  },
  desk("desk", async () => undefined),
  desk("request", (page) => openRequest(page, "推搡老人")),
  desk("long", (page) => openRequest(page, "诉求人反映小区供暖")),
  desk("concluded", (page) => openRequest(page, "晚上学生放学看不见路")),
  desk("register", async (page) => {
    await page.keyboard.press("F4");
    await page.locator(".register").waitFor();
    await page.keyboard.type("楼上有人往下扔东西，已经砸到一辆车，人还在阳台上");
    await page.keyboard.press("Tab");
    await page.keyboard.type("B01");
    await page.keyboard.press("Enter");
    await page.locator(".notice", { hasText: "B01-02" }).waitFor();
  }),
  desk("picker", async (page) => {
    await page.keyboard.press("F4");
    await page.keyboard.press("Tab");
    await page.keyboard.type("井盖");
    await page.locator(".combo-detail", { hasText: "临时设置警示标志" }).waitFor();
  }),
  desk("left", async (page) => {
    await openRequest(page, "推搡老人");
    await page.keyboard.press("m");
    await page.locator(".action-form textarea").fill("商贩已离开");
    await page.keyboard.press("Escape");
    await page.locator(".left-forms").waitFor();
  }),
  desk("dispatch", async (page) => {
    await openRequest(page, "诉求人反映小区供暖");
    await page.keyboard.press("d");
    await page.locator(".action-form").waitFor();
    await page.locator(".combo-list li").first().waitFor();
  }),
  desk("amend", async (page) => {
    await openRequest(page, "推搡老人");
    await page.keyboard.press("m");
    await page.locator(".action-form").waitFor();
  }),
  desk("incoming", async (page) => {
    await page.keyboard.press("2");
    await openRequest(page, "井盖没了");
  }),
  desk("told", async (page, { api }) => {
    const { hotline } = api.world.nodes;
    await page.keyboard.press("2");
    await openRequest(page, "井盖没了");
    const copy = copyOf(hotline, "井盖没了");
    comeFacts(api.world, hotline, copy, { place: "150105", requestKind: "complaint", item: "A01-05" });
    comeDoubtful(api.world, hotline, copy, "address", "另一条街 9 号");
    await page.locator(".doubtful .card-acts").waitFor();
    await page.locator(".told").first().scrollIntoViewIfNeeded();
  }),
  desk("owed", async (page, { api }) => {
    const { hotline } = api.world.nodes;
    await openRequest(page, "听不清");
    comeOwed(hotline, copyOf(hotline, "听不清"), "place", 2);
    await page.locator(".strip.owed").waitFor();
    await page.locator(".request .notice .button").waitFor();
  }),
  desk("returned", async (page, { api }) => {
    const { hotline, police } = api.world.nodes;
    const there = copyOf(police, "车管所");
    const here = copyOf(hotline, "车管所");
    comeReturn(api.world, police, there, "outOfScope", "nmg:a2 不在清单内", "市车辆管理部门");
    here.status = "registered";
    here.responsible = true;
    await page.reload();
    await openRequest(page, "车管所");
    await page.locator(".returned.due").waitFor();
  }),
  desk("theirs", async (page) => {
    await page.keyboard.press("3");
    await openRequest(page, "车管所");
  }),
  desk("empty", async (page) => {
    await page.keyboard.press("5");
    await page.locator(".queue .empty").waitFor();
  }),
  desk("keys", async (page) => {
    await page.keyboard.press("?");
    await page.locator("dialog.sheet").waitFor();
  }),
  desk("palette", async (page) => {
    await page.keyboard.press("Control+k");
    await page.locator("dialog.palette").waitFor();
  }),
  desk("dial", async (page, { api }) => {
    api.world.linkUp = false;
    await page.keyboard.press("F9");
    await page.locator(".dials").waitFor();
    await page.locator(".action-form").waitFor();
    api.world.linkUp = true;
  }),
  desk("expired", async (page, { api }) => {
    await page.keyboard.press("F4");
    await page.keyboard.type("还没说完");
    api.world.nodes.hotline.sessions.clear();
    await page.locator("dialog.veil").waitFor();
  }),
  {
    name: "urgent",
    visit: async (visit) => {
      const visited = await seatAt(visit, "police", "seat");
      const sender = await pushOne(visit);
      await visited.page.locator(".urgent").waitFor();
      await sender.close();
      return visited;
    },
  },
  {
    name: "alarms",
    visit: async (visit) => {
      const visited = await seatAt(visit, "police", "seat");
      const sender = await pushOne(visit);
      const [page] = sender.pages();
      for (const words of ["有人拿刀追人", "三楼着火", "路边有人晕倒", "地下室进水，有人被困"]) {
        await page?.keyboard.press("F4");
        await page?.locator(".register textarea").fill(words);
        await page?.keyboard.press("F9");
        await page?.locator(".request .said", { hasText: words }).waitFor();
      }
      await visited.page.locator(".alarms-more").waitFor();
      await sender.close();
      return visited;
    },
  },
  {
    name: "police",
    visit: async (visit) => {
      const visited = await seatAt(visit, "police", "seat");
      const sender = await pushOne(visit);
      await visited.page.locator(".urgent").waitFor();
      await visited.page.keyboard.press("F1");
      await visited.page.locator(".request").waitFor();
      await sender.close();
      return visited;
    },
  },
  {
    name: "supervision",
    visit: async (visit) => {
      const { hotline } = visit.api.world.nodes;
      await (await pushOne(visit)).close();
      comeLong(copyOf(hotline, "推搡老人"), 4);
      comeLong(copyOf(hotline, "井盖没了"), 42);
      const visited = await seatAt(visit, "hotline", "super");
      await visited.page.goto(`${visit.api.url.hotline}/supervision`);
      await visited.page.locator("tr.opens").nth(1).waitFor();
      await visited.page.locator(".panel table").last().waitFor();
      return visited;
    },
  },
  {
    name: "duty",
    visit: async (visit) => {
      const visited = await seatAt(visit, "hotline", "seat");
      await visited.page.locator(".line").first().waitFor();
      await visited.page.keyboard.press("F10");
      await visited.page.locator(".duty-unit").first().waitFor();
      return visited;
    },
  },
  {
    name: "agreement",
    visit: async (visit) => {
      const visited = await seatAt(visit, "hotline", "super");
      await visited.page.goto(`${visit.api.url.hotline}/agreement`);
      await visited.page.locator("button.primary[aria-expanded]").click();
      await visited.page.locator(".agreement-fields").first().waitFor();
      return visited;
    },
  },
  {
    name: "unit",
    visit: async (visit) => {
      const visited = await seatAt(visit, "hotline", "unit");
      await visited.page.locator(".unit-order").first().waitFor();
      return visited;
    },
  },
  {
    name: "unit-danger",
    visit: async (visit) => {
      const visited = await seatAt(visit, "hotline", "unit");
      await visited.page.locator(".danger-outline").first().click();
      await visited.page.locator(".unit-danger").waitFor();
      return visited;
    },
  },
  {
    name: "unit-reply",
    visit: async (visit) => {
      const visited = await seatAt(visit, "hotline", "unit");
      await visited.page.locator(".unit-acts .button").nth(1).click();
      await visited.page.locator(".action-form").waitFor();
      return visited;
    },
  },
];

/** Walks through screens, each over an invented world of its own, so that none depends on what another did. */
export async function tour(
  browser: Browser,
  look: Look,
  names: readonly string[],
  each: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  for (const screen of SCREENS.filter((one) => names.length === 0 || names.includes(one.name))) {
    const api = await startFakeApi(seedWorld());
    const { page, close } = await screen.visit({ browser, api, look });
    await page.locator(".bones").first().waitFor({ state: "detached" });
    await each(screen.name, page);
    await close();
    await api.close();
  }
}
