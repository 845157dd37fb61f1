import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const web = import.meta.dirname;

/** One build for both desks and the units; old office browsers (Chromium 109, the last for Windows 7) are the floor. */
export default defineConfig({
  root: web,
  plugins: [react()],
  build: { outDir: `${web}/../dist/web`, emptyOutDir: true, target: "chrome109", cssTarget: "chrome109" },
  worker: { format: "es" },
  server: { proxy: { "/api": process.env["LIANDONG_API"] ?? "http://127.0.0.1:8012" } },
});
