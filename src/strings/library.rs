//! Text of the Library page.

pub const TITLE: &str = "Library";
pub const TERMS: &str = "Words used here";
pub const GLOSSARY: &[(&str, &str)] = &[
    ("Response time", "From sending an order to having its answer. It contains the waiting and the work."),
    ("Service time", "The work of one step alone, without any waiting."),
    ("Throughput", "Orders answered in each second."),
    ("Utilization", "The share of a resource's servers that is busy. At 100 % it is saturated."),
    (
        "Knee",
        "The number of users at which the lines of light load and full load meet; past it, waiting grows \
         with every user.",
    ),
    ("Wall", "The throughput that no load can exceed, because some resource is always busy."),
    ("Think time", "From an answer to the same user's next order."),
    ("Lag", "Events published and not yet handled. It grows when consumers are too few."),
    ("Staleness", "From the publication of an event to its effect."),
    ("Closed load", "A fixed number of users who wait for each answer: they slow down with the system."),
    ("Open load", "Orders that come at their own rate, however slow the answers are."),
];
pub const CLAIMS: &str = "What the article says, and what the model says";
pub const CLAIM_LIST: &[(&str, &str)] = &[
    (
        "“Email at 3 s makes it 3.75 s”",
        "The four steps add up to 300 + 200 + 3,000 + 150 = 3,650 ms. The product shows 3.65 s.",
    ),
    (
        "“Under load it gets exponentially worse”",
        "No. With a fixed number of users the response time grows in a straight line past the knee; with an \
         open stream it grows like 1/(1 − utilization) and has no end at saturation. Only retries can make \
         it run away.",
    ),
    (
        "“200 concurrent orders need 200 connections to every service”",
        "An order is in one step at a time. By Little's law 57, 38, 76 and 29 connections are in use on \
         average; it is the 200 API workers that are held the whole time.",
    ),
    (
        "“Asynchronous is faster”",
        "The answer comes sooner; the work does not shrink. Part of the gain needs no events at all: the \
         same four steps side by side would answer in 400 ms.",
    ),
    (
        "“Publishing costs nothing”",
        "The article counts 0 ms. Publish latency is a setting here, 0 ms at first.",
    ),
];
pub const METHODS: &str = "How we know";
pub const METHODS_INTRO: &str = "Every dotted number answers “why?” with its law, the formula with the \
    values that are set, its source, and how far it may be trusted: in sentences, clocks and bars, in the \
    tables, and where it is written in a chart. These are the ways in which numbers come about, and the \
    largest errors that we know of.";
pub const METHOD_LIST: &[(&str, &str)] = &[
    (
        "The chain inside the API workers: convolution",
        "Up to 2,000 workers. The steps that are waited for form a closed network of as many orders as there \
         are workers busy; its throughput follows by Buzen's convolution, in logarithms so that nothing \
         overflows. Exact while nobody waits for a worker.",
    ),
    (
        "Users around the workers: birth and death",
        "The chain is one server whose speed depends on how many orders are inside; users come and go around \
         it. Within 3 % of the exact Markov chains that we solved for small systems. A hundred million users \
         take no longer than ten.",
    ),
    (
        "Orders at a rate of their own: the open correction",
        "The same server under a stream that does not slow down. Past the wall there is no steady state, and \
         the page says by how much the line grows instead of a number.",
    ),
    (
        "More than 2,000 workers: the population at its mean",
        "So many orders vary little around their mean. The change of engine cannot be seen in a curve: a \
         test holds both sides together.",
    ),
    (
        "Steps side by side, timeouts, retries",
        "The slowest of a parallel group by numerical integration; attempts by geometric series, as if they \
         failed independently. Means within 5 % of simulations; percentiles are rougher: within 15 % for \
         exponential steps.",
    ),
    (
        "Service times that are constant or spiky",
        "By the Allen–Cunneen correction of the wait with Kimura's factor, and Whitt's rule for what leaves \
         a step. Means within 4 % of simulations while steps are less than three quarters full, within 12 % \
         beyond. Percentiles of constant steps within 10 % where the line for a worker is most of the \
         answer, within 25 % where workers are about to fill; twice that with fewer than ten workers. Spiky \
         ones within 30 %.",
    ),
    (
        "Percentiles",
        "Each step's time as a mixture of exponential stages, joined by convolution. Within 6 % for \
         exponential steps in a row.",
    ),
    (
        "Backlogs, outages and spikes over time: the fluid",
        "What arrives and what can be handled, moment by moment, without randomness; the steady state's wait \
         is added to it.",
    ),
    (
        "The simulation",
        "Every order on its own, event by event, in whole nanoseconds from a seed. It shares no formula with \
         the theory, so that each can find the other's mistakes; where they differ by more than the stated \
         error, a test fails.",
    ),
];
pub const CHECKS: &str = "What holds it in place";
pub const CHECK_LIST: &[&str] = &[
    "33 reference cases: exact Markov chains, published tables and independent solvers, each with its \
     tolerance",
    "Laws tried on thousands of random scenarios: Little's law, bounds, more load never answered sooner, one \
     more connection never worse, no work lost by publishing",
    "Theory beside simulation: single stations, several servers, pools before, at and past the knee, \
     partitions, retries, drained backlogs",
    "The simulation's 99 % intervals over a hundred seeds and more: they cover the truth as often as they \
     say",
    "The same run, to the byte, on every machine: 200 pairs of scenario and seed",
];
pub const CREDITS: &str = "Sources and credits";
pub const CREDITS_INTRO: &str = "The worked case and the questions start from three public texts. Facts and \
    figures are theirs, each checked; the sentences are ours.";
pub const SOURCES: &[&str] = &[
    "binadit, “Event-driven vs request-driven architecture” (DEV Community, binadit.com)",
    "“Event-driven vs request-driven in Microservices: scaling approaches compared”, a lesson with a table \
     of scale and practice questions",
    "An essay in sixteen sections on choosing between request-driven and event-driven designs, which argues \
     for hybrids",
];
pub const THEORY: &str = "The theory";
pub const THEORY_LIST: &[&str] = &[
    "J. D. C. Little, 1961: the law that ties throughput, response time and the number in flight",
    "A. K. Erlang, 1917: the probability of waiting at several servers (Erlang B and C)",
    "J. P. Buzen, 1973: the convolution that solves a closed network",
    "P. J. Denning, J. P. Buzen, 1978, and E. D. Lazowska et al., 1984: operational laws, bounds, the knee",
    "D. A. Menascé, V. A. F. Almeida, L. W. Dowdy, 2004: the flow-equivalent server for a pool that is held",
    "W. Whitt, 1984: the population held at its mean, for very many users",
    "A. O. Allen, 1990: the correction for service times that are not exponential (Allen–Cunneen)",
    "T. Kimura, 1986, and W. Whitt, 1983: several servers with any service, and the variability of what \
     leaves them",
    "B. Schroeder, A. Wierman, M. Harchol-Balter, 2006: open and closed load are different worlds",
];
pub const SOFTWARE: &str = "Software";
pub const SOFTWARE_LIST: &str = "Leptos, wasm-bindgen, web-sys, serde, postcard, rand and plotters, all \
    under MIT or Apache-2.0 licences. The whole program runs in your browser; there is no server behind it.";
