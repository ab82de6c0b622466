"""The icons: one stroke path each on a 24 × 24 field, drawn inline so that no page waits for them."""

from chengxin.ui.contracts import Tone

PATHS = {
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 7.5V12l3 2",
    "circle": "M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12",
    "dash": "M5.5 12h13",
    "alert": "M12 4.5L20.5 19.5H3.5zM12 10v4.2M12 16.7v.3",
    "flag": "M6 20.5V4M6 4.8h11.5l-2.6 4 2.6 4H6",
    "search": "M10.8 4.3a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.6 15.6l4.9 4.9",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "next": "M5 12h13M13 6.5l5.5 5.5-5.5 5.5",
    "previous": "M19 12H6M11 6.5L5.5 12l5.5 5.5",
    "up": "M7 14.5l5-5 5 5",
    "down": "M7 9.5l5 5 5-5",
    "download": "M12 4v11M7 10.5l5 5 5-5M5 20h14",
    "file": "M6.5 3.5h7.5l4 4v13H6.5zM14 3.5v4h4",
    "pen": "M4.5 19.5l1-4.2L15.8 5l3.2 3.2L8.7 18.5z",
    "law": "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z",
    "eye": (
        "M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12"
        "M12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4"
    ),
    "calendar": "M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5v4M15.5 3.5v4",
    "hand": "M4 18.5h16M6 18.5v-6l6-7 6 7v6M10 18.5v-4.5h4v4.5",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5.2M12 7.6v.3",
    "question": (
        "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M9.6 9.6a2.5 2.5 0 1 1 3.4 2.3c-.7.3-1 .9-1 1.7M12 16.5v.3"
    ),
    "lock": "M5.5 10.5h13v10h-13zM8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3",
}

TONE_ICONS = {
    Tone.NEUTRAL: "circle",
    Tone.INFO: "info",
    Tone.TODO: "clock",
    Tone.DONE: "check",
    Tone.ENDED: "dash",
    Tone.ALERT: "alert",
}
