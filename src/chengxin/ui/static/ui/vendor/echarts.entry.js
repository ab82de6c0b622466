// The parts of Apache ECharts 6.1.0 that the platform draws with; `README.md` beside the built file says how to build it.
import * as core from 'echarts/core';
import { BarChart, LineChart, ScatterChart, HeatmapChart, SankeyChart, FunnelChart, GraphChart, TreeChart, MapChart, CustomChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, LegendComponent, AriaComponent, MarkLineComponent, MarkAreaComponent, MarkPointComponent, VisualMapComponent, CalendarComponent, GeoComponent, DataZoomComponent, BrushComponent, DatasetComponent, TitleComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
core.use([BarChart, LineChart, ScatterChart, HeatmapChart, SankeyChart, FunnelChart, GraphChart, TreeChart, MapChart, CustomChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, MarkLineComponent, MarkAreaComponent, MarkPointComponent, VisualMapComponent, CalendarComponent, GeoComponent, DataZoomComponent, BrushComponent, DatasetComponent, TitleComponent, SVGRenderer]);
window.echarts = { init: core.init, registerMap: core.registerMap, version: core.version };
