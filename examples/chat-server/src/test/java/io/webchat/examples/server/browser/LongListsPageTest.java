package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ten thousand messages and a thousand conversations: all are found, few stand in the page at any time, and one Tab
 * passes them.
 */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class LongListsPageTest {
    private static final int MESSAGES = 10_000;
    private static final int CONVERSATIONS = 1_000;
    private static final int MOST_ROWS = 40;
    private static final int MOST_BUBBLES = 120;
    /** By then as many stand in the page as ever will. */
    private static final int FIRST_MESSAGES = 500;
    /** Names of days, dividers and the like come and go. */
    private static final Percentage TOLERANCE = Percentage.withPercentage(5);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void tenThousandMessagesAreSearchedAndReadInPieces(People people) {
        Person ann = people.somebody("ann");
        LongHistory history = new LongHistory(ann.user(), people.userId("bob"), MESSAGES, 1);
        history.serve(ann.page());
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(people.userId("bob"));
        ann.sees(LongHistory.text(MESSAGES));

        ann.chat().search("needle");
        assertThat(ann.page().getByRole(AriaRole.SEARCH).getByText("searched back to"))
                .isVisible();
        ann.chat().showsMatches("1 of 10");
        ann.press("Shift+Enter");
        ann.chat().showsMatches("10 of 10");
        assertThat(ann.chat().message(LongHistory.text(1_000))).isInViewport();
        assertFew(ann);
    }

    @Test
    void thePageStaysAsSmallAsItWasWhileTenThousandMessagesAreRead(People people) {
        Person ann = people.somebody("ann");
        new LongHistory(ann.user(), people.userId("bob"), MESSAGES, 1).serve(ann.page());
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(people.userId("bob"));
        ann.sees(LongHistory.text(MESSAGES));
        PageWork work = PageWork.watch(ann.page());
        ann.chat().region().focus();
        readsTo(ann, MESSAGES - FIRST_MESSAGES);
        int first = work.mostElements();

        readsTo(ann, 1);

        assertThat(ann.chat().region().getByText("This is where the conversation begins."))
                .isVisible();
        assertFew(ann);
        assertThat(work.mostElements()).isCloseTo(first, TOLERANCE);
    }

    /** Reads upwards until this message is there. */
    private static void readsTo(Person person, int number) {
        Locator region = person.chat().region();
        Locator items = person.chat().messages();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    region.press("Home");
                    return numberOf(items.first()) <= number;
                });
    }

    private static int numberOf(Locator message) {
        return Integer.parseInt(message.locator(".text").textContent().replaceAll(".* ", ""));
    }

    private static void assertFew(Person person) {
        assertThat(person.chat().messages().count()).isLessThanOrEqualTo(MOST_BUBBLES);
    }

    @Test
    void aSearchBeginsOnceTheWriterPauses(People people) {
        Person ann = people.somebody("ann");
        LongHistory history = new LongHistory(ann.user(), people.userId("bob"), MESSAGES, 1);
        history.serve(ann.page());
        ann.page().clock().install();
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(people.userId("bob"));
        ann.sees(LongHistory.text(MESSAGES));
        Locator count = ann.page().getByRole(AriaRole.SEARCH).getByRole(AriaRole.STATUS);
        ann.page().clock().pauseAt(System.currentTimeMillis() + 2_000);
        ann.chat().search("need");
        ann.page().clock().runFor(200);
        ann.page().keyboard().type("le");
        assertThat(count).isEmpty();
        ann.page().clock().runFor(200);
        assertThat(count).isEmpty();
        ann.page().clock().resume();
        ann.chat().showsMatches("1 of 10");
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
        PageWork work = PageWork.watch(ann.page());
        assertThat(rows.count()).isLessThanOrEqualTo(MOST_ROWS);
        assertThat(ann.page().locator("#conversations [tabindex='0']")).hasCount(1);

        rows.first().focus();
        ann.press("End");
        assertThat(ann.list().row(LongHistory.name(CONVERSATIONS))).isFocused();
        int first = work.mostElements();
        for (int i = 0; i < 50; i++) {
            ann.press("PageUp");
        }
        assertThat(work.mostElements()).isCloseTo(first, TOLERANCE);
        assertThat(rows.count()).isLessThanOrEqualTo(MOST_ROWS);
        ann.press("Home");
        ann.press("Tab");
        assertThat(ann.page().locator("#conversations :focus")).hasCount(0);

        ann.field("Search conversations").fill(LongHistory.name(777));
        assertThat(rows).hasCount(1);
        rows.first().click();
        ann.chat().isCalled(LongHistory.name(777));
    }
}
