package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever wants it is notified of new messages while they look elsewhere: once, whatever number of tabs is open. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class NotificationPageTest {
    /** Notifications as the page sees them; what is shown is counted for all tabs of the browser. */
    private static final String NOTICES = """
            // A new tab is blank at first, and has no storage.
            if (location.protocol !== 'about:') window.Notification = class {
              static permission = localStorage.getItem('test.permission') ?? 'default';
              static async requestPermission() {
                localStorage.setItem('test.permission', 'granted');
                Notification.permission = 'granted';
                return 'granted';
              }
              constructor(title, { body }) {
                window.lastNotice = this;
                const shown = JSON.parse(localStorage.getItem('test.shown') ?? '[]');
                localStorage.setItem('test.shown', JSON.stringify([...shown, title + ': ' + body]));
              }
              close() {}
            };
            window.AudioContext = class {
              constructor() { localStorage.setItem('test.rung', 'yes'); throw new Error('no sound in tests'); }
            };
            """;

    private static void waitsForNotices(Person person, String shown) {
        person.page().waitForFunction("wanted => localStorage.getItem('test.shown') === wanted", shown);
    }

    @Test
    void oneNotificationTellsOfAMessageAndLeadsToIt(People people) throws Exception {
        Person ann = people.somebody("ann");
        ann.page().context().addInitScript(NOTICES);
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        String bob = people.userId("bob");
        String eve = people.userId("eve");
        people.backend().sends(bob, ann.user(), "before she wanted it");
        people.backend().sends(eve, ann.user(), "hello");
        ann.list().shows(bob, "before she wanted it");
        ann.list().shows(eve, "hello");

        ann.page().getByTitle("Your profile").click();
        Locator choice = ann.dialog("Your profile").getByLabel("Of new messages, when I look elsewhere");
        choice.check();
        assertThat(choice).isChecked();
        Axe.check(ann, "the choice of notifications");
        ann.press("Escape");
        ann.list().row(eve).focus();
        ann.press("Shift+F10");
        ann.page().getByText("Mute", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(ann.list().row(eve).getByLabel("Muted")).isVisible();

        people.backend().sends(bob, ann.user(), "while she looks");
        ann.list().shows(bob, "while she looks");
        ann.opensAnotherTab();
        ann.list().shows(bob, "while she looks");
        ann.looksAway();
        ann.turnsToTab(0);
        ann.looksAway();
        people.backend().sends(eve, ann.user(), "muted");
        people.backend().sends(bob, ann.user(), "are you there?");
        waitsForNotices(ann, "[\"" + bob + ": are you there?\"]");
        assertThat(ann.page().evaluate("localStorage.getItem('test.rung')")).isEqualTo("yes");

        ann.page().evaluate("window.lastNotice.onclick()");
        ann.sees("are you there?");
        ann.chat().isCalled(bob);
    }
}
