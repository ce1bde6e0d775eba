//! Text around the pages: header, footer, dialogs and notices.

pub const PRODUCT: &str = "The Waiting Line";
pub const SKIP_LINK: &str = "Skip to the content";
pub const VIEWS: &str = "Views";
pub const EXPLORE: &str = "Explore";
pub const LIVE: &str = "Live";
pub const PRACTISE: &str = "Practise";
pub const LIBRARY: &str = "Library";

pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const RESET: &str = "Reset";
pub const RESET_TOOLTIP: &str = "Reset everything to the ready scenario";
pub const RESET_NOTICE: &str = "Everything is reset. Undo brings it back.";
pub const PROJECTOR: &str = "Projector mode";
pub const LEAVE_PROJECTOR: &str = "Leave projector mode";
pub const DISPLAY: &str = "Display";
pub const SHARE: &str = "Share";
pub const HELP: &str = "Keys and help";
pub const CLOSE: &str = "Close";
pub const FULL_SCREEN: &str = "Full screen";

pub const THEME: &str = "Theme";
pub const THEME_SYSTEM: &str = "As the system";
pub const THEME_LIGHT: &str = "Light";
pub const THEME_DARK: &str = "Dark";
pub const THEME_CONTRAST: &str = "High contrast";
pub const PRESENTATION: &str = "For a room";
pub const PROJECTOR_SWITCH: &str = "Projector mode: the flow and one chart";
pub const MOTION: &str = "Motion";
pub const MOTION_REDUCED: &str = "Reduce motion, whatever the system says";

pub const SHARE_TITLE: &str = "Share this scenario";
pub const SHARE_BODY: &str = "Everything that you have set is in this link. Nothing is uploaded: the part \
    behind the # never leaves the browser that opens it.";
pub const SHARE_LINK: &str = "Link to this scenario";
pub const COPY: &str = "Copy link";
pub const COPIED: &str = "Link copied.";
pub const COPY_FAILED: &str =
    "The browser did not allow copying. Select the link and copy it with Ctrl+C or ⌘C.";

pub const LINK_FAILED: &str = "That link could not be opened, so what you had is still here.";
pub const OPEN_SALVAGED: &str = "Open what could be read";
pub const NOT_SAVED: &str = "Your work is not being saved on this device.";
pub const NOT_SAVED_ADVICE: &str = "Everything works; use Share to keep a link to it.";
pub const STORED_STATE_UNREADABLE: &str = "What was saved on this device could not be read, so this is a \
    fresh start. The unreadable copy is kept aside.";
pub const DISMISS: &str = "Dismiss";

pub const FOOTER_SAVED: &str = "Saved on this device. Nothing is uploaded.";
pub const FOOTER_UNSAVED: &str = "Not saved on this device. Nothing is uploaded.";
pub const FOOTER_CREDITS: &str = "Sources and credits";

pub const SHORTCUTS: &[(&str, &str)] = &[
    ("?", "this sheet"),
    ("P", "projector mode on and off"),
    ("F", "full screen on and off"),
    ("Ctrl Z · ⌘ Z", "undo"),
    ("Ctrl Y · ⇧ Ctrl Z · ⇧ ⌘ Z", "redo"),
    ("← →", "on a bar's end: 10 ms shorter or longer"),
    ("⇧ ← →, Page ↑ ↓", "on a bar's end: 100 ms"),
    ("Home, End", "on a bar's end: 0 and 10,000 ms"),
    ("Space", "on a switch: synchronous or asynchronous"),
    ("Alt ↑ ↓", "on a bar's end: move the step up or down"),
    ("Esc", "cancel a drag, close a dialog, hide a reading"),
    ("1 2 3 4", "in Practise: choose an answer"),
    (
        "Enter",
        "in Practise: next question; on a chart: set the load to the point read; in a table: why this number",
    ),
    ("W", "on a chart: why the point read is where it is"),
    ("X", "on a chart: why so many orders are answered at the load read"),
];
pub const SIGNS_TITLE: &str = "How to read the picture";
pub const SIGNS: &[(&str, &str)] = &[
    ("Solid bar", "work that the user waits for"),
    ("Hollow block", "standing in line: first for an API worker, then before a step"),
    ("The line", "the moment at which the user has the answer"),
    ("Hatched bar", "work that was published as an event and happens after the answer"),
    ("Saturated ●", "more comes in than can be done; what waits grows for as long as that lasts"),
];
