package io.ilteo.testkit.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Somebody with a fresh profile and one page, who notes what its console complains of. */
public final class Visitor implements AutoCloseable {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

  private static final String OVERFLOW =
      """
      () => {
        const width = document.documentElement.clientWidth;
        const scrolls = (e) => e && e !== document.body
            && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
        const found = document.documentElement.scrollWidth > width ? ['the page'] : [];
        for (const e of document.querySelectorAll('body *')) {
          const box = e.getBoundingClientRect();
          if (box.width > 1 && (box.right > width + 1 || box.left < -1) && !scrolls(e.parentElement)
              && !e.classList.contains('skip')) {
            found.push(`${e.tagName} ${e.className} ${Math.round(box.left)} to ${Math.round(box.right)}`);
          }
        }
        return found;
      }
      """;

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
    page.onRequest(request -> noteStranger(URI.create(request.url())));
  }

  /** Pages live on their own server alone. */
  private void noteStranger(URI address) {
    if (address.getHost() != null && !LOOPBACK.contains(address.getHost())) {
      complaints.add("asked another host: " + address);
    }
  }

  public Page page() {
    return page;
  }

  /**
   * Errors that scripts of the page logged or did not catch, what its policy forbade, and what was
   * asked of other hosts.
   */
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

  /** Makes the window as large as a telephone's screen, or as any other. */
  public void resize(int width, int height) {
    page.setViewportSize(width, height);
  }

  /**
   * What lies beyond the right edge of the window and cannot be scrolled to by itself: the page
   * must not be wider than the window, and no control out of reach.
   */
  @SuppressWarnings("unchecked") // the script makes a list of strings
  public List<String> overflow() {
    return (List<String>) page.evaluate(OVERFLOW);
  }

  private static String describe(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " at " + rule.getNodes().getFirst().getHtml();
  }

  @Override
  public void close() {
    profile.close();
  }
}
