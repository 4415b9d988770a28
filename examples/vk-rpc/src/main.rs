//! Asks for the same history twice, with and without some of its fields, and for totals of two pages.

use std::error::Error;

use typelang::Encode;
use typelang_example_vk_rpc::tl::enums::Maybe;
use typelang_example_vk_rpc::tl::functions::rpc::OnServer;
use typelang_example_vk_rpc::tl::functions::visits::{GetHistory, GetTotals};
use typelang_example_vk_rpc::{PAGE, SECONDS, VISITORS, call, serve};

fn main() -> Result<(), Box<dyn Error>> {
    for fields_mask in [0, VISITORS | SECONDS] {
        let request = GetHistory { fields_mask, days: 2, page: PAGE.to_owned() };
        println!("history with mask {fields_mask:#b}: {} bytes", serve(&request.to_bytes()?)?.len());
        match call(&request)? {
            Maybe::ResultTrue(found) => {
                for day in &found.result.history {
                    println!("  {day:?}");
                }
            }
            Maybe::ResultFalse => println!("  no such page"),
        }
    }

    // The wrapper's result is that of the request inside, whatever that one's result depends on.
    let pages = vec![PAGE.to_owned(), "unknown".to_owned()];
    let request = OnServer { server_id: 5, query: GetTotals { count: 2, pages } };
    println!("totals: {:?}", call(&request)?);

    // What says one number and has another cannot be sent.
    let wrong = GetTotals { count: 3, pages: Vec::new() };
    match wrong.to_bytes() {
        Ok(bytes) => println!("sent {} bytes", bytes.len()),
        Err(error) => println!("not sent: {error}"),
    }
    Ok(())
}
