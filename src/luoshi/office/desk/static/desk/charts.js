/* Draws each chart from the table that stands in the page; without this script the table is what one reads. */

(() => {
  "use strict";

  const BAR = 26;

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const tones = { first: "--first", fine: "--fine-fill", open: "--open-fill", late: "--late-fill" };
  const plain = (cell) => cell.firstChild.textContent.trim() || cell.textContent.trim();

  /* What a table says: names, and for each column its title, tone and numbers (null: not known). */
  function read(table) {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const columns = heads.slice(1).map((head, place) => ({
      title: plain(head),
      tone: head.dataset.tone,
      values: rows.map((row) => {
        const value = row.cells[place + 1].dataset.value;
        return value === "" ? null : Number(value);
      }),
    }));
    return { axis: plain(heads[0]), names: rows.map((row) => row.cells[0].textContent.trim()), columns };
  }

  const shortened = (name, most) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

  function series(column, kind, mark) {
    const color = token(tones[column.tone]);
    const one = { name: column.title, data: column.values, color, emphasis: { focus: "series" } };
    if (kind === "line") {
      return { ...one, type: "line", symbolSize: 8, symbol: column.tone === "open" ? "diamond" : "circle", lineStyle: { width: 3, type: column.tone === "open" ? "dashed" : "solid" } };
    }
    const decal = column.tone === "open"
      ? { symbol: "rect", color: "rgba(255,255,255,.55)", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 }
      : column.tone === "late" ? { symbol: "circle", symbolSize: .6, color: "rgba(255,255,255,.5)", dashArrayX: [[7, 7]], dashArrayY: [7] } : undefined;
    const line = mark === null ? undefined : {
      symbol: "none", silent: true, lineStyle: { color: token("--ink"), type: "dashed", width: 1.5 }, label: { show: false }, data: [{ xAxis: mark }],
    };
    return { ...one, type: "bar", barMaxWidth: 18, itemStyle: { decal }, markLine: line };
  }

  /* What is drawn, for a chart of a width. Names stand on the left, the largest on top; days run from left to right. */
  function option(figure, found, width) {
    const kind = figure.dataset.chart, unit = figure.dataset.unit;
    const mark = figure.dataset.mark === undefined ? null : Number(figure.dataset.mark);
    const narrow = width < 480;
    const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: narrow ? 12 : 13, color: token("--ink") };
    const many = found.columns.length > 1;
    const number = (value) => value.toLocaleString("en-US");
    const names = {
      type: "category", data: found.names, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line") } },
      axisLabel: { ...font, interval: kind === "line" ? "auto" : 0, formatter: (name) => (kind === "line" ? name : shortened(name, narrow ? 9 : 16)) },
    };
    const values = {
      type: "value", splitNumber: narrow ? 3 : 5, splitLine: { lineStyle: { color: token("--line") } },
      axisLabel: { ...font, color: token("--quiet"), hideOverlap: true, formatter: number },
      max: mark === null ? null : (range) => Math.max(range.max, mark),
    };
    const drawn = found.columns.map((column) => series(column, kind, mark));
    if (kind === "stacked") drawn.forEach((one) => { one.stack = "all"; });
    if (kind === "bars") drawn[0].label = { show: true, position: "right", ...font, formatter: (one) => `${number(one.value)}${unit === "%" ? "%" : ""}` };
    return {
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      animationDuration: 300,
      textStyle: font,
      legend: many ? { top: 0, left: 0, itemWidth: 16, itemHeight: 12, textStyle: font, selectedMode: false } : undefined,
      tooltip: {
        renderMode: "richText", trigger: "axis", confine: true, axisPointer: { type: kind === "line" ? "line" : "shadow" }, textStyle: font,
        formatter: (points) => [points[0].name, ...points.map((one) => `${many ? `${one.seriesName} ` : ""}${one.value === null ? "—" : number(one.value)} ${unit}`)].join("\n"),
      },
      grid: { left: 0, right: kind === "bars" ? 56 : 18, top: many ? 34 : 8, bottom: 0, containLabel: true },
      xAxis: kind === "line" ? names : values,
      yAxis: kind === "line" ? values : { ...names, inverse: true },
      series: drawn,
    };
  }

  const height = (kind, found) => (kind === "line" ? 260 : Math.max(120, found.names.length * BAR + (found.columns.length > 1 ? 70 : 44)));

  function save(name, address) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
  }

  function saveText(name, text, type) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    save(name, address);
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  /* A cell of a table file; one that a spreadsheet would take for a formula is made text. */
  function quoted(text) {
    const safe = /^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  }

  function csv(found, unit) {
    const head = [found.axis, ...found.columns.map((column) => `${column.title} (${unit})`)];
    const rows = found.names.map((name, place) => [name, ...found.columns.map((column) => column.values[place] ?? "")]);
    return `\ufeff${[head, ...rows].map((row) => row.map((cell) => quoted(String(cell))).join(",")).join("\r\n")}\r\n`;
  }

  function svg(figure, found) {
    const whole = echarts.init(null, null, { renderer: "svg", ssr: true, width: 900, height: height(figure.dataset.chart, found) });
    whole.setOption({ ...option(figure, found, 900), animation: false, backgroundColor: "#fff" });
    const text = whole.renderToSVGString();
    whole.dispose();
    return text;
  }

  function begin(figure) {
    const place = figure.querySelector(".drawing"), table = figure.querySelector(".table"), tools = figure.querySelector(".chart-tools");
    const found = read(table.querySelector("table"));
    const name = `${document.querySelector("h1").textContent.trim()} ${figure.querySelector("h2").textContent.trim()}`.replaceAll(/[\\/:*?"<>|\s]+/g, " ");
    place.hidden = tools.hidden = false;
    table.hidden = true;
    place.style.height = `${height(figure.dataset.chart, found)}px`;
    const chart = echarts.init(place, null, { renderer: "canvas" });
    const draw = () => chart.setOption(option(figure, found, place.clientWidth), true);
    draw();
    new ResizeObserver(() => {
      if (place.clientWidth && place.clientWidth !== chart.getWidth()) { chart.resize(); draw(); }
    }).observe(place);

    const acts = {
      turn(button) {
        table.hidden = !table.hidden;
        place.hidden = !table.hidden;
        [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
      },
      csv: () => saveText(`${name}.csv`, csv(found, figure.dataset.unit), "text/csv"),
      png: () => save(`${name}.png`, chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" })),
      svg: () => saveText(`${name}.svg`, svg(figure, found), "image/svg+xml"),
    };
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) acts[button.dataset.act](button);
    });
  }

  if (typeof echarts !== "undefined") document.querySelectorAll("figure[data-chart]").forEach(begin);
})();
