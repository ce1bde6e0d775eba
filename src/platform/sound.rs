//! Tones, for charts that are listened to.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorNode};

thread_local! {
    static PLAYING: RefCell<Option<(AudioContext, OscillatorNode)>> = const { RefCell::new(None) };
}

/// Plays pitches (in hertz) one after the other within a duration in seconds, and stops what was playing
/// before. Does nothing in a browser without sound.
pub(crate) fn play(pitches: &[f64], duration: f64) {
    stop();
    // A browser without sound cannot play anything, and there is nothing to report.
    let _ = start(pitches, duration);
}

/// Stops the tone that is playing.
pub(crate) fn stop() {
    if let Some((context, oscillator)) = PLAYING.take() {
        // Fails only if the tone has already ended by itself.
        let _ = oscillator.stop();
        let _ = context.close();
    }
}

fn start(pitches: &[f64], duration: f64) -> Result<(), JsValue> {
    const VOLUME: f32 = 0.12;
    const FADE: f64 = 0.05;
    let context = AudioContext::new()?;
    let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
    oscillator.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&context.destination())?;
    let begin = context.current_time() + FADE;
    let end = begin + duration;
    let step = duration / pitches.len().max(1) as f64;
    for (index, pitch) in pitches.iter().enumerate() {
        oscillator.frequency().set_value_at_time(*pitch as f32, begin + index as f64 * step)?;
    }
    let gain = gain.gain();
    gain.set_value_at_time(0.0, begin)?;
    gain.linear_ramp_to_value_at_time(VOLUME, begin + FADE)?;
    gain.set_value_at_time(VOLUME, end)?;
    gain.linear_ramp_to_value_at_time(0.0, end + FADE)?;
    oscillator.start()?;
    oscillator.stop_with_when(end + FADE)?;
    PLAYING.replace(Some((context, oscillator)));
    Ok(())
}
