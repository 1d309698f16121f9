package io.webchat.examples.server.browser;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The figures of the page, printed as a table at the end; {@code ./mvnw -Pfigures} runs it. It asserts no figure, since
 * times depend on the machine. {@link FirstLoadPageTest} and {@link LongListsPageTest} assert those that do not.
 */
@Tag("browser")
@Tag("full")
@EnabledIfSystemProperty(named = "figures", matches = "print")
@ExtendWith(BrowserTests.class)
class PageFiguresTest {
    private static final int USABLE_WITHIN = 2_000;
    private static final int LONGEST_TASK = 100;
    private static final int MESSAGES = 10_000;
    private static final int CONVERSATIONS = 1_000;
    private static final String CONVERSATION = "#conversations > li";
    /** Pixels of one turn of the wheel. */
    private static final int TURN = 1_500;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final FigureTable TABLE = new FigureTable();

    @AfterAll
    static void print() {
        System.out.println("\n" + TABLE);
    }

    private static void addFirstLoad(String what, People people, @Nullable String state, String usable) {
        String url = people.nodes().url(0) + "/";
        FirstLoad first = FirstLoad.of(people.browser(), url, state, usable, Network.AS_IT_IS);
        TABLE.add(what + ": requests", first.requests(), FirstLoadPageTest.MOST_REQUESTS, "");
        TABLE.add(what + ": compressed", first.bytes(), FirstLoadPageTest.MOST_BYTES, "bytes");
        FirstLoad fast = FirstLoad.of(people.browser(), url, state, usable, Network.FAST_3G);
        TABLE.add(what + ": usable on fast 3G after", fast.millis(), USABLE_WITHIN, "ms");
        FirstLoad slow = FirstLoad.of(people.browser(), url, state, usable, Network.SLOW_3G);
        TABLE.add(what + ": usable on slow 3G after", slow.millis(), "ms");
    }

    @Test
    void loads(People people) throws Exception {
        addFirstLoad("sign-in page", people, null, "#signin");

        Person ann = people.member("ann");
        people.backend().sends(people.userId("bob"), ann.user(), "hello");
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        addFirstLoad("conversations, none of them kept", people, ann.storage(), CONVERSATION);

        new KeptFiles(ann.page()).awaitWhole();
        ann.opensAnotherTab();
        ann.seesTheirConversations();
        Network.FAST_3G.emulate(ann.page().context().newCDPSession(ann.page()));
        String url = people.nodes().url(0) + "/";
        long millis = FirstLoad.millisUntilUsable(ann.page(), url, CONVERSATION);
        TABLE.add("conversations, opened again: usable on fast 3G after", millis, USABLE_WITHIN, "ms");
    }

    /** Somebody whose conversation with bob has so many messages. */
    private static Person withMessages(People people) {
        Person ann = people.somebody("ann");
        new LongHistory(ann.user(), people.userId("bob"), MESSAGES, 1).serve(ann.page());
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(people.userId("bob"));
        ann.sees(LongHistory.text(MESSAGES));
        return ann;
    }

    @Test
    void scrollingThroughMessages(People people) {
        Person ann = withMessages(people);
        PageWork work = PageWork.watch(ann.page());
        turnTheWheel(
                ann,
                ann.chat().region(),
                -TURN,
                () -> ann.chat().message(LongHistory.text(MESSAGES / 2)).isVisible());
        int before = work.mostElements();
        turnTheWheel(
                ann,
                ann.chat().region(),
                -TURN,
                () -> ann.chat().message(LongHistory.text(1)).isVisible());
        addWork("scrolling up through 10 000 messages", work, before);
    }

    @Test
    void scrollingThroughConversations(People people) {
        Person ann = people.somebody("ann");
        new LongHistory(ann.user(), people.userId("bob"), 1, CONVERSATIONS).serve(ann.page());
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        Locator last = ann.list().row(LongHistory.name(CONVERSATIONS));
        assertListHasAll(ann);
        PageWork work = PageWork.watch(ann.page());
        Locator list = ann.page().locator("#conversations");
        turnTheWheel(
                ann,
                list,
                TURN,
                () -> ann.list().row(LongHistory.name(CONVERSATIONS / 2)).isVisible());
        int before = work.mostElements();
        turnTheWheel(ann, list, TURN, last::isVisible);
        addWork("scrolling down through 1 000 conversations", work, before);
    }

    private static void assertListHasAll(Person person) {
        Locator first = person.page().locator("#conversations > li").first();
        await().atMost(PATIENCE)
                .until(() -> Integer.toString(CONVERSATIONS).equals(first.getAttribute("aria-setsize")));
    }

    @Test
    void searching(People people) {
        Person ann = withMessages(people);
        PageWork work = PageWork.watch(ann.page());
        long begun = System.nanoTime();
        ann.chat().search("needle");
        ann.chat().showsMatches("1 of 10");
        TABLE.add(
                "searching in 10 000 messages: until all are searched",
                Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                "ms");
        TABLE.addLongestTask("searching in 10 000 messages", work.longestTask(), LONGEST_TASK);
        ann.press("Escape");
        int matches = MESSAGES - MESSAGES / LongHistory.EVERY;
        ann.chat().search("lorem");
        ann.chat().showsMatches("1 of " + matches);
        TABLE.addLongestTask("finding 9 990 matches in them", work.longestTask(), LONGEST_TASK);
    }

    private static void turnTheWheel(Person person, Locator over, int by, Callable<Boolean> until) {
        BoundingBox box = over.boundingBox();
        person.page().mouse().move(box.x + box.width / 2, box.y + box.height / 2);
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    person.page().mouse().wheel(0, by);
                    return until.call();
                });
    }

    /** The number of elements counts as constant if it grows by a twentieth at most: names of days come and go. */
    private static void addWork(String what, PageWork work, int elementsInFirstHalf) {
        TABLE.addLongestTask(what, work.longestTask(), LONGEST_TASK);
        TABLE.add(what + ": most elements, first half", elementsInFirstHalf, "");
        int aim = elementsInFirstHalf + elementsInFirstHalf / 20;
        TABLE.add(what + ": most elements, second half", work.mostElements(), aim, "");
    }
}
