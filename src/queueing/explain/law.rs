//! The laws by name, with their sources.

/// A law that a value follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Law {
    /// L = X · R.
    Little,
    /// ρ = X · D / c.
    Utilization,
    /// D = V · S.
    ServiceDemand,
    /// R = N / X − Z.
    ResponseTime,
    /// The inflow equals the outflow, or the difference piles up.
    FlowBalance,
    /// Times in sequence add up.
    SumOfSteps,
    /// The maximum of parallel times.
    SlowestOfGroup,
    /// Independent times add up as distributions.
    SumOfDistributions,
    /// Bounds on throughput and response time, and the knee where they meet.
    AsymptoticBounds,
    /// The chain inside the pool by convolution, the orders around it as a birth–death process.
    WorkerPool,
    /// A large population at its mean.
    FixedPopulationMean,
    /// The probability to wait with several servers.
    ErlangC,
    /// The wait with several servers and any service.
    AllenCunneen,
    /// The wait with one server and any service.
    PollaczekKhinchine,
    /// A single consumer for each partition.
    Partitions,
    /// A geometric sum of attempts.
    Retries,
    /// A geometric sum of deliveries.
    AtLeastOnce,
    /// Independent parts that must all be up.
    SeriesAvailability,
    /// A fluid, first come first served: an arrival is handled when all arrivals before it are.
    Fluid,
    /// A mean or a percentile of a simulated run, with the margin that its batches give.
    BatchMeans,
    /// The ratio of two values.
    Ratio,
}

impl Law {
    pub fn name(self) -> &'static str {
        match self {
            Self::Little => "Little's law",
            Self::Utilization => "Utilization law",
            Self::ServiceDemand => "Service demand",
            Self::ResponseTime => "Response time law",
            Self::FlowBalance => "Flow balance",
            Self::SumOfSteps => "Sum of the steps",
            Self::SlowestOfGroup => "Slowest of a parallel group",
            Self::SumOfDistributions => "Sum of independent times",
            Self::AsymptoticBounds => "Asymptotic bounds",
            Self::WorkerPool => "Worker pool by convolution",
            Self::FixedPopulationMean => "Fixed-population mean",
            Self::ErlangC => "Erlang C",
            Self::AllenCunneen => "Allen–Cunneen approximation",
            Self::PollaczekKhinchine => "Pollaczek–Khinchine formula",
            Self::Partitions => "One consumer per partition",
            Self::Retries => "Retry amplification",
            Self::AtLeastOnce => "At-least-once delivery",
            Self::SeriesAvailability => "Availability in series",
            Self::Fluid => "Fluid, first come first served",
            Self::BatchMeans => "Batch means of a simulated run",
            Self::Ratio => "Ratio of two figures",
        }
    }

    /// Returns the law's author and year, or the argument it rests on.
    pub fn source(self) -> &'static str {
        match self {
            Self::Little => "J. D. C. Little, 1961",
            Self::Utilization | Self::ServiceDemand | Self::ResponseTime | Self::FlowBalance => {
                "P. J. Denning, J. P. Buzen, 1978"
            }
            Self::SumOfSteps => "linearity of the mean",
            Self::SlowestOfGroup => "R. Nelson, A. N. Tantawi, 1988",
            Self::SumOfDistributions => "convolution of independent times; L. Kleinrock, 1975",
            Self::AsymptoticBounds => "E. D. Lazowska and others, 1984, chapter 5",
            Self::WorkerPool => "J. P. Buzen, 1973; D. Menascé and others, 2004, chapter 14",
            Self::FixedPopulationMean => "W. Whitt, 1984",
            Self::ErlangC => "A. K. Erlang, 1917",
            Self::AllenCunneen => "A. O. Allen, 1990; for several servers T. Kimura, 1986",
            Self::PollaczekKhinchine => "L. Kleinrock, 1975, chapter 5",
            Self::Partitions => "the broker's rule: order share_within a partition",
            Self::Retries | Self::AtLeastOnce => "geometric series",
            Self::SeriesAvailability => "product of independent probabilities",
            Self::Fluid => "G. F. Newell, 1982",
            Self::BatchMeans => "A. M. Law, Simulation Modeling and Analysis, 9.5.3",
            Self::Ratio => "arithmetic",
        }
    }
}
