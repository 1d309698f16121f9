package io.webchat.socketio;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.webchat.core.ChatException;
import io.webchat.core.events.Json;

/** The arrows between the packages of chat-socketio. The layers stand from top to bottom. */
@AnalyzeClasses(packages = "io.webchat.socketio", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule eachLayerKnowsOnlyTheLayersBelow = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("Spring")
            .definedBy("io.webchat.socketio.spring..")
            .layer("Facade")
            .definedBy("io.webchat.socketio")
            .layer("Chat")
            .definedBy("..internal.chat..")
            .layer("Server")
            .definedBy("..internal.server..")
            .layer("SocketIo")
            .definedBy("..internal.socketio..")
            .layer("EngineIo")
            .definedBy("..internal.engineio..")
            .layer("HttpOnNetty")
            .definedBy("..internal.http..")
            .layer("RestApi")
            .definedBy("io.webchat.socketio.rest..")
            .layer("RestOperations")
            .definedBy("..internal.rest..")
            .layer("Authentication")
            .definedBy("..internal.auth..")
            .layer("HttpApi")
            .definedBy("io.webchat.socketio.http..")
            .whereLayer("Spring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("Facade")
            .mayOnlyBeAccessedByLayers("Spring")
            .whereLayer("Chat")
            .mayOnlyBeAccessedByLayers("Facade")
            .whereLayer("Server")
            .mayOnlyBeAccessedByLayers("Facade")
            .whereLayer("SocketIo")
            .mayOnlyBeAccessedByLayers("Facade", "Chat", "Server")
            .whereLayer("EngineIo")
            .mayOnlyBeAccessedByLayers("Facade", "Chat", "Server", "SocketIo")
            .whereLayer("HttpOnNetty")
            .mayOnlyBeAccessedByLayers("Facade", "Server", "EngineIo")
            .whereLayer("RestApi")
            .mayOnlyBeAccessedByLayers("Facade")
            .whereLayer("RestOperations")
            .mayOnlyBeAccessedByLayers("Facade", "RestApi")
            .whereLayer("Authentication")
            .mayOnlyBeAccessedByLayers("Facade", "Chat", "RestApi", "RestOperations")
            .whereLayer("HttpApi")
            .mayOnlyBeAccessedByLayers("Facade", "HttpOnNetty", "RestApi", "RestOperations");

    @ArchTest
    static final ArchRule noPackagesFormACircle =
            slices().matching("io.webchat.socketio.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyClassIsInALayer = classes()
            .should()
            .resideInAnyPackage(
                    "io.webchat.socketio",
                    "io.webchat.socketio.http",
                    "io.webchat.socketio.rest",
                    "io.webchat.socketio.spring",
                    "io.webchat.socketio.internal.auth",
                    "io.webchat.socketio.internal.chat",
                    "io.webchat.socketio.internal.server",
                    "io.webchat.socketio.internal.socketio",
                    "io.webchat.socketio.internal.engineio..",
                    "io.webchat.socketio.internal.http..",
                    "io.webchat.socketio.internal.rest");

    /**
     * They know the value type {@code Json}, which is bytes and no chat, and its failure: a body hands it out as it
     * came.
     */
    @ArchTest
    static final ArchRule theSocketsKnowNothingOfChat = noClasses()
            .that()
            .resideInAnyPackage("..internal.server..", "..internal.socketio..", "..internal.engineio..", "..http..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.webchat.core..")
                    .and(resideOutsideOfPackage("io.webchat.core.spi.support"))
                    .and(not(type(Json.class).or(type(ChatException.class)))));

    @ArchTest
    static final ArchRule chatAndRestUseOnlyTheApiOfTheCore = noClasses()
            .that()
            .resideOutsideOfPackage("io.webchat.socketio.spring..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.webchat.core.internal..", "io.webchat.core.spi..")
                    .and(resideOutsideOfPackage("io.webchat.core.spi.support"))
                    // Uploads and readers of files are part of the API too.
                    .and(resideOutsideOfPackage("io.webchat.core.spi.attachments")));

    @ArchTest
    static final ArchRule nobodyNeedsSpring = noClasses()
            .that()
            .resideOutsideOfPackage("io.webchat.socketio.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.micrometer..");

    @ArchTest
    static final ArchRule chatRestAndRoutesKnowNoNetty = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.webchat.socketio.http..",
                    "io.webchat.socketio.rest..",
                    "..internal.rest..",
                    "..internal.chat..",
                    "..internal.socketio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "com.corundumstudio..");
}
