//! Tones.

use std::cell::RefCell;

use web_sys::{AudioContext, OscillatorNode};

thread_local! {
    /// What sounds now.
    static SOUNDING: RefCell<Option<(AudioContext, OscillatorNode)>> = const { RefCell::new(None) };
}

/// Plays pitches one after the other, in hertz, over so many seconds in all; what sounded before stops. Does nothing where
/// the browser has no sound.
pub(crate) fn play(pitches: &[f64], seconds: f64) {
    stop();
    // A browser without sound has nothing to play, and nothing to say about it.
    let _ = begin(pitches, seconds);
}

/// Stops what sounds.
pub(crate) fn stop() {
    if let Some((context, tone)) = SOUNDING.take() {
        // A tone that has ended by itself cannot be stopped.
        let _ = tone.stop();
        let _ = context.close();
    }
}

fn begin(pitches: &[f64], seconds: f64) -> Result<(), wasm_bindgen::JsValue> {
    const LOUDNESS: f32 = 0.12;
    const FADE: f64 = 0.05;
    let context = AudioContext::new()?;
    let (tone, loudness) = (context.create_oscillator()?, context.create_gain()?);
    tone.connect_with_audio_node(&loudness)?;
    loudness.connect_with_audio_node(&context.destination())?;
    let start = context.current_time() + FADE;
    let step = seconds / pitches.len().max(1) as f64;
    for (index, pitch) in pitches.iter().enumerate() {
        tone.frequency().set_value_at_time(*pitch as f32, start + index as f64 * step)?;
    }
    let gain = loudness.gain();
    gain.set_value_at_time(0.0, start)?;
    gain.linear_ramp_to_value_at_time(LOUDNESS, start + FADE)?;
    gain.set_value_at_time(LOUDNESS, start + seconds)?;
    gain.linear_ramp_to_value_at_time(0.0, start + seconds + FADE)?;
    tone.start()?;
    tone.stop_with_when(start + seconds + FADE)?;
    SOUNDING.replace(Some((context, tone)));
    Ok(())
}
