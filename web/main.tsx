import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./router.tsx";
import { ApiFailure } from "./shared/api/client.ts";
import { TextProvider } from "./shared/i18n/text.tsx";
import { KeysProvider } from "./shared/keys/keys.tsx";
import { LiveProvider } from "./shared/live/live.tsx";
import { SessionGate, useSeat } from "./shared/session/session.tsx";
import { FlashProvider } from "./shared/shell/flash.tsx";
import { startTheme } from "./shared/shell/theme.ts";
import "./styles.css";

/** A refusal is an answer and is not asked for again; a silent server is, while the screen keeps what it has. */
function mayRetry(count: number, failure: unknown): boolean {
  if (failure instanceof ApiFailure && !failure.network && failure.status < 500) return false;
  return count < 3;
}

const client = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      retry: mayRetry,
      retryDelay: 1_000,
      staleTime: 5_000,
      refetchOnWindowFocus: true,
    },
  },
});

function Live(): ReactNode {
  const { session } = useSeat();
  return (
    <LiveProvider user={session.user.id}>
      <RouterProvider router={router} />
    </LiveProvider>
  );
}

startTheme();
const place = document.getElementById("root");
if (place === null) throw new Error("no #root in index.html");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <TextProvider>
        <FlashProvider>
          <KeysProvider>
            <SessionGate>
              <Live />
            </SessionGate>
          </KeysProvider>
        </FlashProvider>
      </TextProvider>
    </QueryClientProvider>
  </StrictMode>,
);
