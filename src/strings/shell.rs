//! The frame around the views: header, dialogs, notices.

/// The name of the product.
pub const PRODUCT: &str = "The Waiting Line";
/// Jumps over the header.
pub const SKIP: &str = "Skip to the content";
/// The name of the navigation.
pub const VIEWS: &str = "Views";
/// The main view.
pub const EXPLORE: &str = "Explore";
/// The simulation, watched.
pub const LIVE: &str = "Live";
/// The quiz.
pub const PRACTISE: &str = "Practise";
/// Reading.
pub const LIBRARY: &str = "Library";

/// Takes the last change back.
pub const UNDO: &str = "Undo";
/// Makes the change again.
pub const REDO: &str = "Redo";
/// Everything back to the start.
pub const RESET: &str = "Reset";
/// What the button does.
pub const RESET_ALL: &str = "Reset everything to the ready scenario";
/// Said after it.
pub const RESET_DONE: &str = "Everything is reset. Undo brings it back.";
/// The projector mode.
pub const PROJECTOR: &str = "Projector mode";
/// Leaves it.
pub const PROJECTOR_LEAVE: &str = "Leave projector mode";
/// Theme and motion.
pub const DISPLAY: &str = "Display";
/// Makes a link.
pub const SHARE: &str = "Share";
/// The sheet of keys.
pub const HELP: &str = "Keys and help";
/// Closes a dialog.
pub const CLOSE: &str = "Close";
/// Full screen.
pub const FULL_SCREEN: &str = "Full screen";

/// The group of themes.
pub const THEME: &str = "Theme";
/// As the system has it.
pub const THEME_SYSTEM: &str = "As the system";
/// The light theme.
pub const THEME_LIGHT: &str = "Light";
/// The dark theme.
pub const THEME_DARK: &str = "Dark";
/// The theme of highest contrast.
pub const THEME_CONTRAST: &str = "High contrast";
/// The group of what shows the page to a room.
pub const ROOM: &str = "For a room";
/// Larger, and less of it.
pub const PROJECTOR_SET: &str = "Projector mode: the flow and one chart";
/// The group of motion.
pub const MOTION: &str = "Motion";
/// Less motion.
pub const MOTION_REDUCED: &str = "Reduce motion, whatever the system says";

/// The dialog of sharing.
pub const SHARE_TITLE: &str = "Share this scenario";
/// How sharing works.
pub const SHARE_BODY: &str = "Everything that you have set is in this link. Nothing is uploaded: the part behind the # \
                              never leaves the browser that opens it.";
/// The field that holds the link.
pub const SHARE_LINK: &str = "Link to this scenario";
/// Puts it on the clipboard.
pub const COPY: &str = "Copy link";
/// Said after it.
pub const COPIED: &str = "Link copied.";
/// Said when the browser refuses.
pub const COPY_FAILED: &str =
    "The browser did not allow copying. Select the link and copy it with Ctrl+C or ⌘C.";

/// Before the reason why a link did not open.
pub const LINK_FAILED: &str = "That link could not be opened, so what you had is still here.";
/// Opens what could be read of a broken link.
pub const LINK_SALVAGE: &str = "Open what could be read";
/// Before the reason why nothing is saved.
pub const NOT_SAVED: &str = "Your work is not being saved on this device.";
/// What still works.
pub const NOT_SAVED_ADVICE: &str = "Everything works; use Share to keep a link to it.";
/// The stored state was unreadable.
pub const STORED_BAD: &str = "What was saved on this device could not be read, so this is a fresh start. \
                              The unreadable copy is kept aside.";
/// Closes a notice.
pub const DISMISS: &str = "Dismiss";

/// The footer.
pub const FOOT_SAVED: &str = "Saved on this device. Nothing is uploaded.";
/// The footer when nothing is saved.
pub const FOOT_UNSAVED: &str = "Not saved on this device. Nothing is uploaded.";
/// To the credits.
pub const FOOT_CREDITS: &str = "Sources and credits";

/// The keys, and what each does.
pub const KEYS: &[(&str, &str)] = &[
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
/// Above the explanation of the signs.
pub const HELP_SIGNS: &str = "How to read the picture";
/// The signs and their meaning.
pub const SIGNS: &[(&str, &str)] = &[
    ("Solid bar", "work that the user waits for"),
    ("Hollow block", "standing in line: first for an API worker, then before a step"),
    ("The line", "the moment at which the user has the answer"),
    ("Hatched bar", "work that was published as an event and happens after the answer"),
    ("Saturated ●", "more comes in than can be done; what waits grows for as long as that lasts"),
];
