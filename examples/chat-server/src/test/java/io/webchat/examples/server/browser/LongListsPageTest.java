package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ten thousand messages and a thousand conversations: all are found, few stand in the page, and one Tab passes them.
 * Prints the longest task of the page, which is to stay below 100 ms on a machine that does nothing else.
 */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class LongListsPageTest {
    private static final int MESSAGES = 10_000;
    private static final int CONVERSATIONS = 1_000;
    private static final int MOST_ROWS = 40;
    private static final int MOST_BUBBLES = 120;

    @Test
    void tenThousandMessagesAreSearchedAndReadInPieces(People people) {
        Person ann = people.somebody("ann");
        LongHistory history = new LongHistory(ann.user(), people.userId("bob"), MESSAGES, 1);
        history.serve(ann.page());
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(people.userId("bob"));
        ann.sees(LongHistory.text(MESSAGES));
        LongTasks tasks = LongTasks.begin(ann.page());

        ann.chat().search("needle");
        assertThat(ann.page().getByRole(AriaRole.SEARCH).getByText("searched back to"))
                .isVisible();
        ann.chat().showsMatches("1 of 10");
        ann.press("Shift+Enter");
        ann.chat().showsMatches("10 of 10");
        assertThat(ann.chat().message(LongHistory.text(1_000))).isInViewport();
        assertFew(ann);
        tasks.print("search of " + MESSAGES + " messages");
        ann.press("Escape");

        readsToTheBeginning(ann);
        assertFew(ann);
        tasks.print("reading " + MESSAGES + " messages");
    }

    private static void readsToTheBeginning(Person person) {
        Locator beginning = person.chat().region().getByText("This is where the conversation begins.");
        person.chat().region().focus();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            person.press("Home");
            return person.chat().message(LongHistory.text(1)).isVisible() && beginning.isVisible();
        });
    }

    private static void assertFew(Person person) {
        assertThat(person.chat().messages().count()).isLessThanOrEqualTo(MOST_BUBBLES);
    }

    @Test
    void aSearchCanBeStopped(People people) {
        Person ann = people.somebody("ann");
        LongHistory history = new LongHistory(ann.user(), people.userId("bob"), MESSAGES, 1);
        history.serve(ann.page());
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(people.userId("bob"));
        ann.sees(LongHistory.text(MESSAGES));
        history.stopAfter(3);
        ann.chat().search("needle");
        ann.button("Stop").click();
        assertThat(ann.page().getByRole(AriaRole.SEARCH).getByText("stopped")).isVisible();
        assertThat(ann.button("Stop")).isHidden();
    }

    @Test
    void aThousandConversationsAreAllReachableAndFewStandInThePage(People people) {
        Person ann = people.somebody("ann");
        new LongHistory(ann.user(), people.userId("bob"), 1, CONVERSATIONS).serve(ann.page());
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        Locator rows = ann.list().rows();
        assertThat(rows.first()).hasAttribute("tabindex", "0");
        Locator firstItem = ann.page().locator("#conversations > li").first();
        assertThat(firstItem).hasAttribute("aria-setsize", Integer.toString(CONVERSATIONS));
        LongTasks tasks = LongTasks.begin(ann.page());
        assertThat(rows.count()).isLessThanOrEqualTo(MOST_ROWS);
        assertThat(ann.page().locator("#conversations [tabindex='0']")).hasCount(1);

        rows.first().focus();
        ann.press("End");
        assertThat(ann.list().row(LongHistory.name(CONVERSATIONS))).isFocused();
        for (int i = 0; i < 50; i++) {
            ann.press("PageUp");
        }
        assertThat(rows.count()).isLessThanOrEqualTo(MOST_ROWS);
        ann.press("Home");
        ann.press("Tab");
        assertThat(ann.page().locator("#conversations :focus")).hasCount(0);

        ann.field("Search conversations").fill(LongHistory.name(777));
        assertThat(rows).hasCount(1);
        rows.first().click();
        ann.chat().isCalled(LongHistory.name(777));
        tasks.print("a list of " + CONVERSATIONS + " conversations");
    }
}
