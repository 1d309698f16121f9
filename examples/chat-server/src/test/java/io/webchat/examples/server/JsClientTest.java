package io.webchat.examples.server;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The npm package of the client: its types hold under the strict compiler, and the code of its README runs against a
 * server. What it needs for that is installed as its lock file says; without Node these tests are skipped.
 */
@Tag("process")
class JsClientTest {
    @BeforeAll
    static void install() throws Exception {
        JsClientPackage.install();
    }

    @Test
    void theTypesHoldUnderTheStrictCompiler() throws Exception {
        JsClientPackage.assertSucceeds(Map.of(), "node", "node_modules/typescript/bin/tsc", "--project", "check/types");
    }

    @Test
    void theCodeOfTheReadmeRuns() throws Exception {
        try (LocalNodes nodes = new LocalNodes(1)) {
            JsClientPackage.assertSucceeds(Map.of("WEBCHAT_URL", nodes.url(0) + "/"), "node", "check/readme.js");
        }
    }
}
