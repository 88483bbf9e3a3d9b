package io.ilteo.testkit.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** Somebody with a fresh profile and one page, who notes what its console complains of. */
public final class Visitor implements AutoCloseable {
  private static final List<String> GRAVE = List.of("serious", "critical");

  private final BrowserContext profile;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  Visitor(BrowserContext profile) {
    this.profile = profile;
    page = profile.newPage();
    page.onConsoleMessage(
        message -> {
          // A refused call is shown on the page; a stream that breaks off is taken up again.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  public Page page() {
    return page;
  }

  /** Errors that scripts of the page logged or did not catch. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** What axe calls serious or critical of the page as it is now. */
  public List<String> barriers() {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(Visitor::describe)
            .toList();
  }

  private static String describe(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " at " + rule.getNodes().getFirst().getHtml();
  }

  @Override
  public void close() {
    profile.close();
  }
}
