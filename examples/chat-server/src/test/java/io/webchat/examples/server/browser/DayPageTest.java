package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A day of a long conversation is reached by a calendar field. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class DayPageTest {
    private static final int MESSAGES = 4_000;
    /** One message a minute, from the first of January on. */
    private static final int MINUTES_OF_A_DAY = 24 * 60;

    private static Locator asksForADay(Person person) {
        person.button("Conversation menu").click();
        person.page()
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Go to a day…"))
                .click();
        return person.dialog("Go to a day");
    }

    @Test
    void theFirstMessageOfTheDayIsShownAndHasTheFocus(People people) {
        Person ann = people.somebody("ann");
        String bob = people.userId("bob");
        new LongHistory(ann.user(), bob, MESSAGES, 1).serve(ann.page());
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(bob);
        ann.sees(LongHistory.text(MESSAGES));

        Locator dialog = asksForADay(ann);
        dialog.getByLabel("Day").fill("2026-01-02");
        Axe.check(ann, "a day to go to");
        Rooms.button(dialog, "Go").click();

        assertThat(dialog).isHidden();
        Locator first = ann.chat().message(LongHistory.text(MINUTES_OF_A_DAY));
        assertThat(first).isInViewport();
        assertThat(first).isFocused();
        assertThat(first).containsText("2 Jan 2026");

        Locator again = asksForADay(ann);
        again.getByLabel("Day").fill("2026-01-31");
        Rooms.button(again, "Go").click();
        assertThat(again.getByRole(AriaRole.ALERT)).containsText("no messages on that day");
        ann.press("Escape");
        assertThat(again).isHidden();
        assertThat(first).isInViewport();
    }
}
