package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The example of docs/testing.md passes its tests. */
class TestingPageTest {
    @Test
    void itsTestsPass(@TempDir Path folder) throws Exception {
        List<JavaSource> sources = Page.read("docs/testing.md").blocks("java").stream()
                .map(JavaSource::of)
                .toList();
        assertThat(Compiled.into(folder, sources)).isEmpty();

        TestExecutionSummary result = Compiled.test(folder, "ThankYouBotTest");

        assertThat(result.getFailures())
                .extracting(failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
                .isEmpty();
        assertThat(result.getTestsSucceededCount()).isEqualTo(3);
    }
}
