package io.webchat.examples.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.examples.server.FrontDoor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Networks that go away, nodes that die, pages that are reloaded: nothing is lost, nothing comes twice. */
@Tag("browser")
@Tag("process")
@Tag("full")
@ExtendWith(BrowserTests.class)
class ConnectionPageTest {
    private static final int LINES = 10;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private FrontDoor door;

    /** A test that failed may have left one dead. */
    @BeforeEach
    void restart(People people) throws Exception {
        people.processes().restartTheDead();
        door = new FrontDoor(List.of(people.nodes().port(0), people.nodes().port(1)));
    }

    @AfterEach
    void closeTheDoor() throws Exception {
        door.close();
    }

    @Test
    void G1_G2_G3_whoWasOfflineSeesEverythingOnceAndInOrder(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);
        ann.writes("before");
        bob.sees("before");

        bob.goesOffline();
        bob.seesTheBanner("You are offline");
        List<String> fromAnn = texts("ann", LINES);
        fromAnn.forEach(ann::writes);
        ann.chat().marks("ann 10", "Sent");
        List<String> fromBob = texts("bob", 3);
        fromBob.forEach(bob::writes);
        bob.chat().marks("bob 3", "Waiting to be sent");

        bob.comesBack();
        bob.seesNoBanner();
        assertAllInOrder(ann, fromAnn, fromBob);
        assertAllInOrder(bob, fromAnn, fromBob);
        bob.chat().marks("bob 3", "Seen");
    }

    @Test
    void G1_G2_G3_aNodeThatIsKilledLosesNothingAndDoublesNothing(People people) throws Exception {
        Person ann = people.somebody("ann");
        ann.opens(door.url());
        ann.signsIn();
        Person bob = people.signedIn("bob", 1);
        ann.expects(Console.Noise.UNREACHABLE);
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);

        List<String> fromAnn = texts("ann", LINES);
        List<String> fromBob = texts("bob", LINES);
        for (int i = 0; i < LINES; i++) {
            if (i == LINES / 2) {
                people.processes().get(0).kill();
            }
            ann.writes(fromAnn.get(i));
            bob.writes(fromBob.get(i));
        }

        assertAllInOrder(ann, fromAnn, fromBob);
        assertAllInOrder(bob, fromAnn, fromBob);
        ann.chat().marks("ann 10", "Seen");
        ann.seesNoBanner();
        people.processes().restart(0);
    }

    @Test
    void G1_G2_whatWasWrittenWhileTheServerWasDownSurvivesAReload(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.expects(Console.Noise.UNREACHABLE);
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);
        new KeptFiles(ann.page()).awaitWhole();
        people.processes().get(0).kill();
        ann.seesTheBanner("Reconnecting");
        List<String> written = texts("kept", 3);
        written.forEach(ann::writes);
        ann.chat().marks("kept 3", "Waiting to be sent");
        ann.reloads();
        ann.chat().marks("kept 3", "Waiting to be sent");

        people.processes().restart(0);
        ann.chat().showsInOrder(written);
        bob.chat().showsInOrder(written);
        ann.chat().marks("kept 3", "Seen");
    }

    @Test
    void tabsOfOnePersonShowTheSameAndOneTakesOverFromTheOther(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);
        ann.opensAnotherTab();
        ann.writes("from the second tab");
        bob.sees("from the second tab");
        bob.writes("to both");
        ann.sees("to both");
        ann.turnsToTab(0);
        ann.chat().showsInOrder(List.of("from the second tab", "to both"));

        ann.closesTheTab();
        ann.turnsToTab(0);
        ann.writes("from the only one");
        bob.sees("from the only one");
        bob.writes("still there?");
        ann.sees("still there?");
    }

    @Test
    void signingOutInOneTabSignsOutOfAll(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.opensAnotherTab();
        ann.seesTheirConversations();
        ann.signsOut();
        ann.turnsToTab(0);
        ann.seesTheSignInPage();
    }

    private static List<String> texts(String word, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> word + " " + i).toList();
    }

    /** Whose lines stand between whose is a matter of time; within each one's own there is no question. */
    private static void assertAllInOrder(Person reader, List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        all.forEach(reader::sees);
        List<String> shown = reader.chat().texts();
        assertThat(shown).filteredOn(some::contains).isEqualTo(some);
        assertThat(shown).filteredOn(others::contains).isEqualTo(others);
    }
}
