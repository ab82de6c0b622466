// Draw the charts of a page from the options the server wrote; the table beside each stays what it is.
"use strict";
(() => {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim();
  const line = style.getPropertyValue("--line").trim();
  const palette = ["#1A56A6", "#7FA6D6", "#4A4F55", "#A9B4BF", "#123F7D", "#C9D8EC"];
  const text = { color: ink, fontFamily: style.fontFamily || "sans-serif", fontSize: 14 };
  const axis = { axisLabel: text, axisLine: { lineStyle: { color: ink } }, splitLine: { lineStyle: { color: line } } };
  const withAxis = (given) => (Array.isArray(given) ? given.map(withAxis) : { ...axis, ...given });
  for (const place of document.querySelectorAll("[data-chart]")) {
    const given = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const option = {
      color: palette,
      textStyle: text,
      animation: false,
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      ...given,
      // The content security policy forbids style attributes, so tooltips are drawn, not written as HTML.
      tooltip: { trigger: "axis", ...given.tooltip, renderMode: "richText" },
    };
    if (given.xAxis) option.xAxis = withAxis(given.xAxis);
    if (given.yAxis) option.yAxis = withAxis(given.yAxis);
    place.hidden = false;
    const chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(option);
    addEventListener("resize", () => chart.resize());
    const twin = place.parentElement.querySelector(".chart__twin");
    if (twin) twin.open = false;
  }
  addEventListener("beforeprint", () => {
    for (const twin of document.querySelectorAll(".chart__twin")) twin.open = true;
  });
  document.documentElement.dataset.charts = "drawn";
})();
