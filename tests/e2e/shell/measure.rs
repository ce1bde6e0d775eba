//! Measures of the page's speed and weight. They are no tests, since machines differ: `cargo xtask bench`
//! runs them and writes `target/browser-report.md`.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::controls::named;
use crate::support::{Browser, Page, Pointer, Screen, Site, SiteFiles, Theme, env_var, target_path};

/// Records every input event of a slider that changes it, every drawing with the frame that paints it, and
/// every task that blocks the page for more than 50 ms.
///
/// A drawing counts as done at the end of its task: of the animation frame's callback where it is drawn in
/// one, else of the frame's begin (the browser hands out input right before it) or of the task itself. An
/// input is drawn when both charts were drawn after it. A chart that does not change is not drawn again:
/// where the other one is drawn a second time before it, it had nothing to show.
const RECORD_TIMINGS: &str = "
    window.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' });
    const afterTask = (callback) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = callback;
      channel.port2.postMessage(0);
    };
    const inputs = [], drawings = [];
    const [curve, bars] = harness.findAll('.panels:not([data-row]) canvas');
    const flow = harness.find('.lanes');
    let current;
    const finish = (isPaintedByThisFrame) => {
      const drawing = current;
      current = undefined;
      drawing.drawn = performance.now();
      const paint = () => afterTask(() => { drawing.painted = performance.now() });
      if (isPaintedByThisFrame) paint(); else requestAnimationFrame(paint);
    };
    const record = (part) => {
      if (!current) {
        const drawing = current = { begun: performance.now(), parts: new Set() };
        drawings.push(drawing);
        const finishInTime = (isPaintedByThisFrame) => {
          if (current === drawing) finish(isPaintedByThisFrame);
        };
        if (harness.isInFrame()) {
          queueMicrotask(() => finishInTime(true));
        } else {
          requestAnimationFrame(() => finishInTime(true));
          afterTask(() => finishInTime(false));
        }
      }
      current.parts.add(part);
    };
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...sides) {
      if (this.canvas === curve || this.canvas === bars) record(this.canvas);
      return clearRect.apply(this, sides);
    };
    new MutationObserver(() => record(flow))
      .observe(flow, { attributes: true, subtree: true, attributeFilter: ['style'] });
    let lastValue;
    addEventListener('input', ({ target }) => {
      const start = performance.now();
      queueMicrotask(() => {
        if (target.value !== lastValue) inputs.push(start);
        lastValue = target.value;
      });
    }, true);
    window.takeTimings = () => {
      const timings = { drawn: [], flow: [], charts: [], long: longTasks.splice(0) };
      for (const start of inputs.splice(0)) {
        const drawingsOf = (part) =>
          drawings.filter(({ begun, painted, parts }) => begun >= start && painted && parts.has(part));
        const [flowDrawing] = drawingsOf(flow), curves = drawingsOf(curve), rows = drawingsOf(bars);
        if (flowDrawing) timings.flow.push(flowDrawing.painted - start);
        const shows = ([first], [, second]) => first && !(second?.begun < first.begun);
        const shown = [shows(curves, rows) && curves[0], shows(rows, curves) && rows[0]].filter(Boolean);
        if (!shown.length) continue;
        const last = shown.reduce((one, other) => (one.begun > other.begun ? one : other));
        timings.drawn.push(last.drawn - start);
        timings.charts.push(last.painted - start);
      }
      drawings.length = 0;
      return timings;
    }";

/// Drags back and forth in a number of moves of one frame each.
fn drag(page: &Page, start: (f64, f64), width: f64, moves: u32) {
    let path: Vec<(f64, f64)> = (1..=moves)
        .map(|step| f64::from(step) / f64::from(moves) * std::f64::consts::TAU * 2.0)
        .map(|angle| (start.0 + width * (1.0 - angle.cos()) / 2.0, start.1))
        .collect();
    page.drag_along(Pointer::Mouse, start, &path);
    page.run("await harness.delay(200)");
}

/// Takes the times recorded since the last call, in milliseconds by name, shortest first.
fn take_timings(page: &Page) -> BTreeMap<String, Vec<f64>> {
    let mut timings: BTreeMap<String, Vec<f64>> = serde_json::from_value(page.eval("takeTimings()")).unwrap();
    for times in timings.values_mut() {
        times.sort_by(f64::total_cmp);
    }
    timings
}

fn table_row(name: &str, times: &[f64]) -> String {
    if times.is_empty() {
        return format!("| {name} | 0 | – | – | – |\n");
    }
    let quantile = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let (median, q95, max) = (quantile(0.5), quantile(0.95), quantile(1.0));
    format!("| {name} | {} | {median:.1} | {q95:.1} | {max:.1} |\n", times.len())
}

/// Measures drags at the machine's full speed and at a quarter of it.
fn measure_drags() -> String {
    assert_eq!(Browser::current(), Browser::Chromium, "only Chromium can be slowed down");
    let mut report = String::from(
        "| a drag of 200 steps | times | median, ms | 95 %, ms | longest, ms |\n|---|---|---|---|---|\n",
    );
    for slowdown in [1, 4] {
        let page = Site::release().open(Screen::LAPTOP, Theme::Light);
        page.load_preset("hybrid");
        page.enter(&named("Users"), "100");
        page.wait_until_idle();
        page.run(RECORD_TIMINGS);
        let users = page.center(&named("Users, by slider"));
        page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": slowdown }));
        let inventory = page.bar_end("Check inventory");
        for (name, start, width) in
            [("latency", inventory, 150.0), ("users", (users.0 - 60.0, users.1), 120.0)]
        {
            drag(&page, start, width, 200);
            let timings = take_timings(&page);
            for (key, description) in [
                ("drawn", "input to charts drawn"),
                ("flow", "input to flow painted"),
                ("charts", "input to charts painted"),
                ("long", "tasks over 50 ms"),
            ] {
                report += &table_row(&format!("{name}, CPU ÷ {slowdown}: {description}"), &timings[key]);
            }
        }
    }
    report
}

/// Compresses every file of a site as strongly as Brotli can, as a host does ahead of time, and returns the
/// names with the plain and the compressed size in bytes.
fn compress(files: &SiteFiles) -> BTreeMap<String, (usize, usize)> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut sizes = BTreeMap::new();
    for name in files.names() {
        let plain = files.read(&name);
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut plain.as_slice(), &mut compressed, &parameters).unwrap();
        files.write(&format!("{name}.br"), &compressed);
        sizes.insert(name, (plain.len(), compressed.len()));
    }
    sizes
}

/// Lists the files that a first visit to Explore fetches, with their sizes.
fn weigh_first_load(site: &Site, sizes: &BTreeMap<String, (usize, usize)>) -> String {
    let page = site.open(Screen::LAPTOP, Theme::Light);
    page.wait_until_idle();
    let mut report = String::from("| first load | bytes | brotli |\n|---|---|---|\n");
    let mut total = (0, 0);
    for url in page.downloads() {
        let name = url.trim_start_matches(&site.url()).to_owned();
        let name = if name.is_empty() { "index.html".to_owned() } else { name };
        let Some((plain, compressed)) = sizes.get(&name) else { continue };
        total = (total.0 + plain, total.1 + compressed);
        writeln!(report, "| {name} | {plain} | {compressed} |").unwrap();
    }
    writeln!(report, "| in all | {} | {} |", total.0, total.1).unwrap();
    report
}

/// Runs Lighthouse for a phone on a slow line and for a desktop.
fn run_lighthouse(site: &Site) -> String {
    const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];
    const METRICS: [&str; 4] = [
        "first-contentful-paint",
        "largest-contentful-paint",
        "total-blocking-time",
        "cumulative-layout-shift",
    ];
    let mut report = format!(
        "| Lighthouse | {} | {} |\n|---{}|\n",
        CATEGORIES.join(" | "),
        METRICS.join(" | "),
        "|---".repeat(8)
    );
    for (preset, device) in [("perf", "phone"), ("desktop", "desktop")] {
        let output = Command::new(
            env::var_os("WAITING_LINE_LIGHTHOUSE").expect("`cargo xtask bench` says where it is"),
        )
        .arg(site.url())
        .args(["--quiet", "--output=json", &format!("--only-categories={}", CATEGORIES.join(","))])
        .arg("--chrome-flags=--headless --no-sandbox --disable-gpu")
        .args((preset == "desktop").then_some("--preset=desktop"))
        .env("CHROME_PATH", env_var("WAITING_LINE_BROWSER_PROGRAM"))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
        let result: Value = serde_json::from_slice(&output.stdout).unwrap();
        let score = |name: &str| {
            format!("{:.0}", result["categories"][name]["score"].as_f64().unwrap_or(f64::NAN) * 100.0)
        };
        let metric = |name: &str| result["audits"][name]["displayValue"].as_str().unwrap_or("–").to_owned();
        let cells: Vec<String> =
            CATEGORIES.into_iter().map(score).chain(METRICS.into_iter().map(metric)).collect();
        writeln!(report, "| {device} | {} |", cells.join(" | ")).unwrap();
        for category in CATEGORIES {
            for audit in result["categories"][category]["auditRefs"].as_array().unwrap() {
                let audit = &result["audits"][audit["id"].as_str().unwrap()];
                if category != "performance" && audit["score"].as_f64().is_some_and(|score| score < 1.0) {
                    writeln!(report, "\n{device}, {category}: {} ({})", audit["title"], audit["id"]).unwrap();
                }
            }
        }
    }
    report
}

#[test]
#[ignore = "measures: `cargo xtask bench` runs it"]
fn report() {
    let mut sizes = BTreeMap::new();
    let site = Site::modified(|files| sizes = compress(files));
    let report = [measure_drags(), run_lighthouse(&site), weigh_first_load(&site, &sizes)].join("\n");
    fs::write(target_path("browser-report.md"), &report).unwrap();
    println!("{report}");
}
