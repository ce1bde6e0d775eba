//! A tab that stays open while a newer version of the site is published.

use super::link_to_live;
use crate::support::{Screen, Site, SiteFiles, Theme};

/// Serves the release site without a file of the simulation, as after a new version was published: the page
/// that is fetched then names another simulation.
fn renewed_site(is_removed: fn(&str) -> bool) -> Site {
    let remove = |files: &SiteFiles| {
        let name = files.names().into_iter().find(|name| is_removed(name)).unwrap();
        files.remove(&name);
    };
    Site::modified(remove).with_preload_script(
        "const realFetch = window.fetch;
         window.fetch = (url, options) => String(url) === document.baseURI && window.isRenewed !== false
           ? Promise.resolve(new Response('<meta name=simulation content=simulation-new.js>'))
           : realFetch(url, options);",
    )
}

fn is_script(name: &str) -> bool {
    name.starts_with("simulation-")
}

fn is_wasm(name: &str) -> bool {
    name.starts_with("simulation") && name.contains(".wasm")
}

#[test]
fn an_outdated_page_offers_the_newer_version() {
    for is_removed in [is_script, is_wasm] {
        let page = renewed_site(is_removed).open_at(&link_to_live(40, 7_042), Screen::LAPTOP, Theme::Light);
        page.allow_errors();
        page.wait_until("harness.findAll('.notice[role=alert]').length === 1");
        page.expect_text_contains(".notice p", &["A newer version of this site has been published"]);
        page.expect_text(".notice button", "Reload");
        page.expect_eval("document.documentElement.dataset.app", "ready");
        let state = page.eval("localStorage.getItem('waiting-line.state')");
        page.run("window.isOld = true; document.querySelector('.notice button').click()");
        page.wait_until("!window.isOld && document.readyState === 'complete'");
        page.wait_for_app();
        page.expect_eval("localStorage.getItem('waiting-line.state')", state);
    }
}

#[test]
fn a_simulation_that_is_missing_from_the_same_version_is_a_failure() {
    for is_removed in [is_script, is_wasm] {
        let site = renewed_site(is_removed).with_preload_script("window.isRenewed = false");
        let page = site.open_at(&link_to_live(40, 7_042), Screen::LAPTOP, Theme::Light);
        page.allow_errors();
        page.wait_until("harness.findAll('.notice[role=alert]').length === 1");
        page.expect_text(".notice button", "Try again");
    }
}
