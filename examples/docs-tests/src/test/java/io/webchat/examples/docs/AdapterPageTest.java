package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The adapter of docs/adapters.md passes the contract suite, run as the page says. */
class AdapterPageTest {
    @Test
    void itsAdapterKeepsTheContract(@TempDir Path folder) throws Exception {
        List<JavaSource> sources = Page.read("docs/adapters.md").blocks("java").stream()
                .map(JavaSource::of)
                .toList();
        assertThat(Compiled.into(folder, sources)).isEmpty();

        TestExecutionSummary result = Compiled.test(folder, "FileProfileStoreTest");

        assertThat(result.getFailures())
                .extracting(failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
                .isEmpty();
        assertThat(result.getTestsSucceededCount()).isGreaterThan(10);
        long aborted = result.getTestsAbortedCount();
        assertThat(Files.readString(Page.ROOT.resolve("docs/adapters.md")))
                .contains("`Tests run: " + (result.getTestsSucceededCount() + aborted)
                        + ", Failures: 0, Errors: 0, Skipped: " + aborted + "`");
    }
}
