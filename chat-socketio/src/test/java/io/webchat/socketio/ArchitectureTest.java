package io.webchat.socketio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the layers of chat-socketio: chat binding → transport → http, and chat binding → rest → http. */
@AnalyzeClasses(packages = "io.webchat.socketio", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theTransportKnowsNothingOfChat = noClasses()
            .that()
            .resideInAPackage("io.webchat.socketio.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.webchat.core..", "io.webchat.socketio", "io.webchat.socketio.rest..");

    @ArchTest
    static final ArchRule restKnowsNoSockets = noClasses()
            .that()
            .resideInAPackage("io.webchat.socketio.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.webchat.core.internal..",
                    "io.webchat.core.spi..",
                    "io.webchat.socketio",
                    "io.webchat.socketio.transport..",
                    "io.netty..",
                    "com.corundumstudio..");

    @ArchTest
    static final ArchRule httpKnowsNoServerUnderneath = noClasses()
            .that()
            .resideInAPackage("io.webchat.socketio.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.webchat.core..",
                    "io.webchat.socketio",
                    "io.webchat.socketio.rest..",
                    "io.webchat.socketio.transport..",
                    "io.netty..",
                    "com.corundumstudio..");
}
