package io.webchat.examples.server.browser;

import com.microsoft.playwright.Browser;
import io.webchat.examples.server.NodeProcesses;
import io.webchat.examples.server.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The people of one test, each with a browser profile of their own. User ids begin with the name and are new. */
final class People implements AutoCloseable {
    private static final long RUN = ProcessHandle.current().pid() % 1_000;

    private final Stage stage;
    private final Nodes nodes;
    private final int test;
    private final List<Person> all = new ArrayList<>();

    People(Stage stage, Nodes nodes) {
        this.stage = stage;
        this.nodes = nodes;
        this.test = stage.nextTest();
    }

    /** Somebody who has not opened the page yet. */
    Person somebody(String name) {
        Person person = new Person(stage, userId(name));
        all.add(person);
        return person;
    }

    /** Somebody who has an account, and has not opened the page yet. */
    Person member(String name) throws IOException, InterruptedException {
        Person person = somebody(name).withAnAccount();
        backend().registers(person.user());
        return person;
    }

    /** Somebody who has signed in on a node. */
    Person signedIn(String name, int node) {
        Person person = somebody(name);
        person.opens(nodes.url(node));
        person.signsIn();
        return person;
    }

    /**
     * The user id of a name in this test. Test runs at the same time may share their stores, so it has a number of
     * the run.
     */
    String userId(String name) {
        return "%s.%03d%03d".formatted(name, RUN, test);
    }

    /** A backend that acts for users of this test over REST. */
    Backend backend() {
        return new Backend(nodes);
    }

    Browser browser() {
        return stage.browser();
    }

    Nodes nodes() {
        return nodes;
    }

    /** The nodes of a test that may kill them. */
    NodeProcesses processes() {
        if (nodes instanceof NodeProcesses processes) {
            return processes;
        }
        throw new IllegalStateException("these nodes are in this JVM; tag the test class with \"process\"");
    }

    void assertQuietConsoles() {
        all.forEach(Person::assertQuietConsole);
    }

    void keepEvidence(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Person person : all) {
            person.keepEvidence(folder);
        }
        for (int node = 0; node < nodes.count(); node++) {
            Files.writeString(folder.resolve("node" + node + ".log"), nodes.output(node));
        }
    }

    @Override
    public void close() {
        all.forEach(Person::close);
    }
}
